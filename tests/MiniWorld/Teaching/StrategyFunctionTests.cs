using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Teaching;

/// <summary>What strategies do for being right, on the 20,000 traces of each kind of teacher.</summary>
public class StrategyFunctionTests
{
    /// <summary>Of this many tests under independence one goes beyond 4 with probability 0.001.</summary>
    private const double Extreme = 4;

    private static readonly List<(Question Question, Trace Trace)> Functional = [.. WorldRuns.Pool.Zip(WorldRuns.Traces)];
    private static readonly List<(Question Question, Trace Trace)> Decorative = [.. WorldRuns.Pool.Zip(WorldRuns.Decorative)];

    /// <summary>Within each family and level, presence and being right are independent for every strategy (Mantel-Haenszel's test).</summary>
    [Fact]
    public void Should_SayNothingOfBeingRight_When_StrategiesAreDecorative()
    {
        foreach (string strategy in ReasoningStrategy.Names)
        {
            (double z, int with, int wrong) = MantelHaenszel(Decorative, row => Has(row, strategy), IsWrong);
            Assert.True(with > 1000 && wrong > 1000, $"{strategy}: {with} traces with it, {wrong} wrong");
            Assert.True(Math.Abs(z) < Extreme, string.Create(CultureInfo.InvariantCulture, $"{strategy}: z {z:f1} over {with} traces with it"));
        }
    }

    [Fact]
    public void Should_CatchSlips_When_TracesVerifyThemselves()
    {
        string[] families = ["purse", "sequence", "shop", "exchange", "motion", "tank", "months", "clock", "walk"];
        List<(Question Question, Trace Trace)> rows =
            [.. Functional.Where(row => families.Contains(row.Question.Meta["family"]) && WorldRuns.Level(row.Question) >= 3)];
        (double with, int checkedRows) = Wrong(rows.Where(row => Has(row, ReasoningStrategy.SelfVerification)));
        (double without, int others) = Wrong(rows.Where(row => !Has(row, ReasoningStrategy.SelfVerification)));
        string told = string.Create(CultureInfo.InvariantCulture, $"wrong: {with:p1} of {checkedRows} with a check, {without:p1} of {others} without");
        Assert.True(checkedRows > 1000 && others > 2000, told);
        Assert.True(with < 0.065 && without is > 0.20 and < 0.32, told);
        Assert.True(MantelHaenszel(Functional, row => Has(row, ReasoningStrategy.SelfVerification), IsWrong).Z < -8);
    }

    [Fact]
    public void Should_CorrectWhatTheyCatch_When_AndOnlyWhen_TheyVerify() => Assert.All(
        Functional.Where(row => row.Trace.Meta["caught"] == "true"),
        row =>
        {
            Assert.Contains(ReasoningStrategy.SelfVerification, row.Trace.Meta["strategies"].Split(','));
            Assert.Contains(" not ", row.Trace.Thinking);
            Assert.Equal("false", row.Trace.Meta["mistake"]);
        });

    [Fact]
    public void Should_ReachWhatAStraightChainDoesNot_When_TheyBacktrack()
    {
        List<(Question Question, Trace Trace)> rows = [.. Functional.Where(row => row.Question.Meta["family"] is "pairs" or "maze")];
        (double with, int searched) = Wrong(rows.Where(row => Has(row, ReasoningStrategy.Backtracking)));
        (double without, int straight) = Wrong(rows.Where(row => !Has(row, ReasoningStrategy.Backtracking)));
        string told = string.Create(CultureInfo.InvariantCulture, $"wrong: {with:p1} of {searched} with backtracking, {without:p1} of {straight} without");
        Assert.True(searched > 150 && straight > 150, told);
        Assert.True(with < 0.25 && without > 0.55, told);
    }

    [Fact]
    public void Should_TakeTheRightCase_When_TheyTellCasesApart()
    {
        List<(Question Question, Trace Trace)> rows =
            [.. Functional.Where(row => WorldRuns.Level(row.Question) >= 4 && row.Question.Meta["family"] is "gates" or "fines" or "dosage" or "reaction")];
        (double with, int cases) = Wrong(rows.Where(row => Has(row, ReasoningStrategy.CaseAnalysis)));
        (double without, int straight) = Wrong(rows.Where(row => !Has(row, ReasoningStrategy.CaseAnalysis)));
        string told = string.Create(CultureInfo.InvariantCulture, $"wrong: {with:p1} of {cases} with case analysis, {without:p1} of {straight} without");
        Assert.True(cases > 300 && straight > 300, told);
        Assert.True(without > with + 0.12, told);
    }

    /// <summary>Slips, caught or not, of traces with much to say that says nothing, against those with little: of the same families and levels.</summary>
    [Fact]
    public void Should_SlipMoreOften_When_WordsDistract()
    {
        static bool Slips((Question, Trace Trace) row) => IsWrong(row) || row.Trace.Meta["caught"] == "true";
        List<(Question Question, Trace Trace)> Plain(List<(Question Question, Trace Trace)> rows) =>
            [.. rows.Where(row => row.Question.Meta["family"] is not ("gates" or "fines" or "dosage" or "reaction" or "pairs" or "maze"))];
        double functional = MantelHaenszel(Plain(Functional), row => Verbosity(row) >= 5, Slips).Z;
        double decorative = MantelHaenszel(Plain(Decorative), row => Verbosity(row) >= 5, Slips).Z;
        Assert.True(functional > 3 && Math.Abs(decorative) < Extreme, string.Create(CultureInfo.InvariantCulture, $"z {functional:f1} and {decorative:f1}"));
    }

    [Fact]
    public void Should_Refuse_When_TheKindOfStrategiesIsUnknown()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            WorldRuns.Folder(new WorldTeachStage(), new JsonObject { ["seed"] = 1, ["strategies"] = "real" }, ("questions", WorldRuns.PoolPath)));
        Assert.Contains("functional or decorative", error.Errors[0].Hint);
    }

    private static int Verbosity((Question, Trace Trace) row) => int.Parse(row.Trace.Meta["verbosity"], CultureInfo.InvariantCulture);

    private static bool Has((Question, Trace Trace) row, string strategy) => row.Trace.Meta["strategies"].Split(',').Contains(strategy);

    private static bool IsWrong((Question Question, Trace Trace) row) => row.Trace.Answer != WorldRuns.Reference(row.Question);

    private static (double Share, int Count) Wrong(IEnumerable<(Question Question, Trace Trace)> rows)
    {
        List<(Question Question, Trace Trace)> all = [.. rows];
        return (all.Count(IsWrong) / (double)all.Count, all.Count);
    }

    /// <summary>
    /// Mantel and Haenszel's statistic (1959) without continuity correction, signed: negative where those with the trait show the outcome less often.
    /// </summary>
    private static (double Z, int With, int Outcomes) MantelHaenszel(
        List<(Question Question, Trace Trace)> rows, Func<(Question Question, Trace Trace), bool> trait, Func<(Question Question, Trace Trace), bool> outcome)
    {
        (double sum, double variance) = (0, 0);
        (int with, int outcomes) = (0, 0);
        foreach (IGrouping<string, (Question Question, Trace Trace)> stratum in rows.GroupBy(row => row.Question.Meta["family"] + row.Question.Meta["level"]))
        {
            (double n, double a, double row, double column) = (0, 0, 0, 0);
            foreach ((Question, Trace) trace in stratum)
            {
                (bool has, bool shows) = (trait(trace), outcome(trace));
                n++;
                a += has && shows ? 1 : 0;
                row += has ? 1 : 0;
                column += shows ? 1 : 0;
            }

            (with, outcomes) = (with + (int)row, outcomes + (int)column);
            if (n > 1)
            {
                sum += a - (row * column / n);
                variance += row * column * (n - row) * (n - column) / (n * n * (n - 1));
            }
        }

        return (sum / Math.Sqrt(variance), with, outcomes);
    }
}
