namespace NaturalThoughts.Student.Training;

/// <summary>Where a training stands after a step, beside its tensors.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Tokens">Tokens trained on so far, padding excluded.</param>
/// <param name="FirstLoss">The loss of the first step.</param>
/// <param name="Log">What the log holds so far.</param>
/// <param name="Lowest">The lowest loss on held-out examples so far; null where none was measured.</param>
internal sealed record ResumePoint(int Step, long Tokens, double FirstLoss, string Log, HeldOutPoint? Lowest = null);
