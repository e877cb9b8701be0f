namespace NaturalThoughts.Student.Training;

/// <summary>The loss on held-out examples at a moment of a training.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Epoch">The epoch in which the last of them was, from 1.</param>
/// <param name="Loss">The mean over all supervised tokens of these examples, in nats.</param>
public sealed record HeldOutPoint(int Step, int Epoch, double Loss);
