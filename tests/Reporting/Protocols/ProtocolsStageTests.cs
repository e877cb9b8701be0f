using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Protocols;

namespace NaturalThoughts.Reporting.Tests.Protocols;

public sealed class ProtocolsStageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("protocols").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Should_PutProtocolsSideBySide_When_TheyGradedTheSameAnswers()
    {
        string grades = Path.Combine(_root, "grades.jsonl"), spread = Path.Combine(_root, "spread.json");
        JsonLines.Write(grades, new[] { new Grade("q1", "", "", "A", true, 1, false), new Grade("q2", "", "", null, false, 1, false) { Credit = 0.25 } });
        new ProtocolSpreadReport(2, 1, 0.5, 0.625, [new("draws/1", 0.625, 1, 0, 0, 1, 0), new("reads/1", 0.5, 1, 0, 1, 0, 0)]).Write(spread);
        ProtocolsOptions options = new()
        {
            Name = "Protocols",
            Profile = "recorded",
            Title = "two protocols",
            Class = "exact",
            Benchmarks = [new TableBenchmark("quiz", 4, "draws/1")],
            Cells = [new TableCell { Address = "Model", Seeds = [1] }],
            Protocols = ["draws/1", "reads/1"],
        };

        new ProtocolsStage().Run(new StageContext
        {
            Parameters = JsonSerializer.SerializeToNode(options, JsonSerializerOptions.Web)!.AsObject(),
            Inputs = new Dictionary<string, string> { [TableRoles.Grades("Model", "quiz", 1)] = grades, [TableRoles.Spread("Model", "quiz", 1)] = spread },
            OutputFolder = _root,
        });

        Assert.Equal(
            "cell,benchmark,seed,protocol,questions,accuracy,correct,wrong,unparsed,drawn,undecided\n"
            + "Model,quiz,1,draws/1,2,0.625000,1,0,0,1,0\nModel,quiz,1,reads/1,2,0.500000,1,0,1,0,0\n",
            File.ReadAllText(Path.Combine(_root, "table.csv")));
        string page = File.ReadAllText(Path.Combine(_root, "table.md"));
        Assert.Contains("| draws/1 | 62.5 ~ |\n| reads/1 | 50.0 |\n| spread, points | 12.5 |\n| split answers % | 50.0 |\n", page, StringComparison.Ordinal);
        Assert.Contains("| draws/1 | 0 / 1 / 0 |\n| reads/1 | 1 / 0 / 0 |\n", page, StringComparison.Ordinal);

        // The lock's cell is that of a table: right answers, and the drawn one in the mean.
        string body = File.ReadAllText(Path.Combine(_root, "lock.json"));
        Assert.Contains("\"mean\": \"0.625000\"", body, StringComparison.Ordinal);
        Assert.Contains("\"drawn\": 1", body, StringComparison.Ordinal);
    }
}
