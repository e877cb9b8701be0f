using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Tests;

public sealed class WorldCardStageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("card").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Should_CountAndMeasure_When_PoolIsRead()
    {
        string card = Run(judged: false);

        Assert.Contains("4 of 5 questions have a trace and an annotation.", card, StringComparison.Ordinal);
        Assert.Contains("| clock | time | 3 | 1:2 2:1 | 20.0 | 66.7 |", card, StringComparison.Ordinal);
        Assert.Contains("Teacher and fast solver disagree on 50.0 % of the questions.", card, StringComparison.Ordinal);

        // backtracking: true of q0, q1, q2; read in q0 and q3: one of the two readings is right, one of the three truths is found.
        Assert.Contains("| backtracking | 3 | 2 | 0.500 | 0.333 |", card, StringComparison.Ordinal);
        Assert.Contains("| domain time | 3 | 3 | 1.000 | 1.000 |", card, StringComparison.Ordinal);
        Assert.Contains("| topic hours | 4 | 1 | 1.000 | 0.250 |", card, StringComparison.Ordinal);

        // Of the three with backtracking one is wrong, the other trace is right.
        Assert.Contains("| backtracking | 3 | 33.3 | 1 | 0.0 |", card, StringComparison.Ordinal);
        Assert.Contains("### clock", card, StringComparison.Ordinal);
        Assert.Contains("A. one", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheJudgesWord_When_JudgementsAreBound() =>
        Assert.Contains("disagree on 75.0 % of", Run(judged: true), StringComparison.Ordinal);

    [Fact]
    public void Should_DrawEveryBar_When_HistogramsAreWritten()
    {
        Run(judged: false);
        string length = File.ReadAllText(Path.Combine(_root, "out", "length.svg"));

        Assert.Contains(">16-31</text>", length, StringComparison.Ordinal);
        Assert.Equal(1 + 2, length.Split("<rect ").Length - 1);
        Assert.Contains(">backtracking</text>", File.ReadAllText(Path.Combine(_root, "out", "strategies.svg")), StringComparison.Ordinal);
    }

    private string Run(bool judged)
    {
        string Path(string name) => System.IO.Path.Combine(_root, name);
        JsonLines.Write(Path("questions"), Enumerable.Range(0, 5).Select(i => new Question($"q{i}", "When?", "7")
        {
            Options = i == 0 ? ["one", "two"] : [],
            Meta = { ["family"] = i == 3 ? "sets" : "clock", ["domain"] = i == 3 ? "sets" : "time", ["level"] = i == 2 ? "2" : "1", ["topic"] = "hours" },
        }));
        JsonLines.Write(Path("traces"), Enumerable.Range(0, 4).Select(i => new Trace($"q{i}", "Think.", "7", i == 3 ? 10 : 20)
        {
            Meta = { ["strategies"] = i == 3 ? "estimating" : "backtracking,estimating", ["mistake"] = i == 0 ? "true" : "false" },
        }));
        JsonLines.Write(Path("annotations"), Enumerable.Range(0, 4).Select(i =>
            new Annotation($"q{i}", i == 3 ? "sets" : "time", i is 0 or 3 ? ["backtracking"] : [], i) { Topics = i == 0 ? ["hours"] : [] }));
        JsonLines.Write(Path("answers"), Enumerable.Range(0, 4).Select(i => new ModelAnswer($"q{i}", "p", i is 0 or 3 ? " 7\n" : "8", 1, false)));
        JsonLines.Write(Path("judgements"), Enumerable.Range(0, 4).Select(i => new Judgement($"q{i}", i == 0)));
        Dictionary<string, string> inputs = ((string[])["questions", "traces", "annotations", "answers"]).ToDictionary(name => name, Path);
        if (judged)
        {
            inputs["judgements"] = Path("judgements");
        }

        Directory.CreateDirectory(Path("out"));
        new WorldCardStage().Run(new StageContext { Parameters = new JsonObject(), Inputs = inputs, OutputFolder = Path("out") });
        return File.ReadAllText(System.IO.Path.Combine(_root, "out", "card.md"));
    }
}
