// Torch's thread count and the count of live tensors are global to a process: tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
