using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tests.Findings;

/// <summary>Verdicts and the corrected error, on tests of known estimate and standard error.</summary>
public sealed class FindingAnalysisTests
{
    // Many degrees of freedom: the 95 % interval is the estimate -+ 1.96 standard errors.
    private const double Df = 1e9;

    [Theory]
    [InlineData("greater", 2.0, 5.0, 1.0, "supported")]
    [InlineData("greater", 2.0, 1.9, 0.5, "undecided")] // above 0, and may be as large as 2
    [InlineData("greater", 2.0, 1.0, 0.2, "contradicted")] // above 0, but too small to matter
    [InlineData("greater", 2.0, -1.0, 1.0, "contradicted")]
    [InlineData("greater", 2.0, 1.0, 1.0, "undecided")]
    [InlineData("less", 2.0, -5.0, 1.0, "supported")]
    [InlineData("less", 2.0, 5.0, 1.0, "contradicted")]
    [InlineData("less", 2.0, -1.0, 1.0, "undecided")]
    [InlineData("equivalent", 2.0, 0.5, 0.5, "supported")]
    [InlineData("equivalent", 2.0, 1.5, 0.5, "undecided")]
    [InlineData("equivalent", 2.0, -4.0, 0.5, "contradicted")]
    [InlineData("equivalent", 2.0, 4.0, 0.5, "contradicted")]
    [InlineData("non-inferior", 1.5, 0.0, 0.5, "supported")]
    [InlineData("non-inferior", 1.5, -1.0, 0.5, "undecided")]
    [InlineData("non-inferior", 1.5, -4.0, 0.5, "contradicted")]
    [InlineData("two-sided", 2.0, -5.0, 1.0, "supported")]
    [InlineData("two-sided", 2.0, 5.0, 1.0, "supported")]
    [InlineData("two-sided", 2.0, 0.1, 0.5, "contradicted")]
    [InlineData("two-sided", 2.0, 1.5, 1.0, "undecided")]
    public void Should_ReadTheVerdictOffTheInterval_When_AFindingStandsAlone(string direction, double smallest, double estimate, double error, string verdict)
    {
        FindingResult result = Assert.Single(Run([Of("one", direction, smallest)], _ => (estimate, error)));

        Assert.Equal(verdict, result.Verdict.Word());
        Assert.Equal((estimate - (1.96 * error), estimate + (1.96 * error)), (result.Interval.Low, result.Interval.High), Close);
    }

    [Fact]
    public void Should_MoveTheVerdictWithTheReference_When_ItIsNotZero()
    {
        FindingResult[] results = [.. Run([Of("a", "greater", 1) with { Reference = 4 }, Of("b", "greater", 1)], _ => (4.5, 0.1))];

        Assert.Equal(["contradicted", "supported"], results.Select(result => result.Verdict.Word()));
    }

    [Fact]
    public void Should_CorrectWithinAFamilyAlone_When_ThereAreTwo()
    {
        // z = 2.2: p 0.0278 alone, 0.0556 among two.
        Finding[] findings = [Of("a", "greater", 0.1), Of("b", "greater", 0.1), Of("c", "greater", 0.1) with { Family = "other" }];

        FindingResult[] results = [.. Run(findings, _ => (2.2, 1))];

        Assert.Equal(["undecided", "undecided", "supported"], results.Select(result => result.Verdict.Word()));
        Assert.Equal([0.0556, 0.0556, 0.0278], results.Select(result => Math.Round(result.HolmP!.Value, 4)));
    }

    [Fact]
    public void Should_AgreeWithHolm_When_IntervalsAreOfTheStepsError()
    {
        // The interval excludes 0 exactly where Holm's adjusted p is at most the level.
        for (int round = 0; round < 200; round++)
        {
            double[] estimates = [.. Enumerable.Range(0, 6).Select(i => 5 * SeededRandom.DrawDouble("findings", $"{round}", $"{i}"))];
            Finding[] findings = [.. Enumerable.Range(0, 6).Select(i => Of("f" + (char)('a' + i), "greater", 0.1))];

            IReadOnlyList<FindingResult> results = Run(findings, finding => (estimates[finding.Id[1] - 'a'], 1));

            Assert.All(results, result => Assert.Equal(result.HolmP <= 0.05, result.Interval.Low > 0));
        }
    }

    [Fact]
    public void Should_TakeTheLevelOfTheFirstFailedStep_When_HolmStops()
    {
        Assert.Equal([0.05 / 4, 0.05 / 3, 0.05 / 3, 0.05 / 3], FindingAnalysis.Alphas([0.001, 0.02, 0.03, 0.9], 0.05));
        Assert.Equal([0.05 / 1, 0.05 / 2], FindingAnalysis.Alphas([0.04, 0.001], 0.05));
    }

    [Fact]
    public void Should_WithholdEveryVerdict_When_AControlIsNotFound()
    {
        Finding[] findings = [Of("control", "greater", 1) with { IsControl = true, Family = "controls" }, Of("a", "greater", 1)];

        FindingResult[] failed = [.. Run(findings, finding => (finding.IsControl ? 0.5 : 9, 1))], found = [.. Run(findings, _ => (9, 1))];

        Assert.Equal(["undecided", "withheld"], failed.Select(result => result.Verdict.Word()));
        Assert.Equal(["supported", "supported"], found.Select(result => result.Verdict.Word()));
    }

    [Fact]
    public void Should_KeepAFindingInItsFamily_When_ThereIsNoTestForIt()
    {
        FindingResult[] results = [.. FindingAnalysis.Of(Options([Of("a", "greater", 0.1), Of("b", "greater", 0.1)]), finding =>
            (finding, new SumTest(
                finding.Id == "a" ? new CrossedContrast(2.2, 1, Df, Degeneracy.None) : new CrossedContrast(0, 0, double.NaN, Degeneracy.Identical)), [2, 2]))];

        Assert.Equal(0.0556, results[0].HolmP!.Value, 4);
        Assert.Equal(("identical answers", FindingVerdict.Undecided, null), (results[1].Degenerate, results[1].Verdict, results[1].HolmP));
    }

    [Fact]
    public void Should_PrintTheDetectableEffectOfTheFirstStep_When_FamiliesAreLarge()
    {
        // (z at 1 - 0.05/4 two-sided + z at 0.8) x se = (2.4977 + 0.8416) x 1
        FindingResult[] results = [.. Run([Of("a", "less", 1), Of("b", "less", 1), Of("c", "less", 1), Of("d", "less", 1)], _ => (0, 1))];

        Assert.All(results, result => Assert.Equal(3.339, result.Detectable, 3));
    }

    private static bool Close((double Low, double High) one, (double Low, double High) other) =>
        Math.Abs(one.Low - other.Low) < 1e-3 && Math.Abs(one.High - other.High) < 1e-3;

    private static Finding Of(string id, string direction, double smallest) => new()
    {
        Id = id,
        Statement = "s",
        Family = "primary",
        Seen = "no",
        Direction = direction,
        Smallest = smallest,
        Terms = [],
        Strata = [],
    };

    private static IReadOnlyList<FindingResult> Run(Finding[] findings, Func<Finding, (double Estimate, double Error)> data) => FindingAnalysis.Of(
        Options(findings), finding => (finding, new SumTest(new CrossedContrast(data(finding).Estimate, data(finding).Error, Df, Degeneracy.None)), [2, 2]));

    private static FindingsOptions Options(Finding[] findings) => new()
    {
        Name = "Findings",
        Profile = "tests",
        Title = "t",
        Declaration = new string('a', 64),
        File = "findings.yaml",
        Level = 0.05,
        Benchmarks = [],
        Cells = [],
        Findings = findings,
    };
}
