using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Tests.Execution;
using NaturalThoughts.Pipeline.Tests.Scheduling;

// Started as a program, this assembly is the worker of its own tests, and a run beside others on one store.
return args switch
{
    ["worker"] => WorkerHost.Run(WorkerStages.Catalog),
    ["run", string store, string log] => await SharedRun.RunAsync(store, log),
    _ => 2,
};
