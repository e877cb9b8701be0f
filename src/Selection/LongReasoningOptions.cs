namespace NaturalThoughts.Selection;

/// <summary>Settings of <see cref="SelectionMethod.LongReasoning"/>: p = min(1, (length / C)^tau).</summary>
public sealed record LongReasoningOptions
{
    /// <summary>Trace length in tokens from which on every trace is accepted; above 0 (paper: 5000).</summary>
    public required int C { get; init; }

    /// <summary>
    /// The exponent: 1, 1.5, 2, 2.5 or 3 (paper: 2.5). Only half-integers, because they need nothing but products and a square
    /// root, which every processor rounds alike.
    /// </summary>
    public required double Tau { get; init; }
}
