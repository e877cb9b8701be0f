using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing;

/// <summary>A run against the first one on one benchmark.</summary>
/// <param name="Label">The run.</param>
/// <param name="Against">The first run.</param>
/// <param name="Test">The paired test, over questions and repeats.</param>
/// <param name="Flips">The questions on which they differ, the largest differences first.</param>
public sealed record PairedComparison(string Label, string Against, PairedTest Test, IReadOnlyList<FlippedQuestion> Flips)
{
    /// <summary>p with Holm's correction over all tests of the comparison; null without a test.</summary>
    public double? HolmP { get; init; }

    /// <summary>The smallest true difference that the test finds in four of five cases at 5 %; NaN without one.</summary>
    public double Detectable => Test.Detectable(DetectableEffect.Level);

    /// <summary>The same at the level that the smallest p of all tests is held to; NaN without one.</summary>
    public double DetectableAmongAll { get; init; } = double.NaN;

    /// <summary>
    /// Number of questions that flipped both ways, as often the one as the other, so that they are among no flips; 0 where repeats are answers drawn anew.
    /// </summary>
    public int BothWays { get; init; }

    /// <summary>Number of questions on which the run is better.</summary>
    public int Better => Flips.Count(flip => flip.IsBetter);

    /// <summary>Number of questions on which it is worse.</summary>
    public int Worse => Flips.Count - Better;
}
