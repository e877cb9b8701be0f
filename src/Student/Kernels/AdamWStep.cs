namespace NaturalThoughts.Student.Kernels;

/// <summary>The numbers of one step of AdamW (arXiv 1711.05101).</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="Root">What the root of the second moment is multiplied by: its bias is corrected.</param>
/// <param name="Size">Learning rate by the correction of the first moment.</param>
internal sealed record AdamWStep(double Rate, double WeightDecay, double Beta1, double Beta2, double Epsilon, double Root, double Size);
