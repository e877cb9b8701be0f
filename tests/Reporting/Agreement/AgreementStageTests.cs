using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Agreement;

namespace NaturalThoughts.Reporting.Tests.Agreement;

public sealed class AgreementStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agreement-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_GiveThePublishedValues_When_TheExamplesAreRead()
    {
        // The strategy 'yes': the grants of 50 people that Wikipedia's article on Cohen's kappa works out: both yes 20, both no 15, yes and no
        // 5, no and yes 10: observed 0.7, kappa 0.4. Verbosity: 0 for all but the two raters' last row.
        List<Annotation> first = [], second = [];
        (int Count, bool A, bool B)[] cells = [(20, true, true), (5, true, false), (10, false, true), (15, false, false)];
        foreach ((int count, bool a, bool b) in cells)
        {
            for (int i = 0; i < count; i++)
            {
                string id = $"q{first.Count}";
                first.Add(new Annotation(id, a ? "Law" : "History", a ? ["yes"] : [], 3) { Topics = ["x", "y"] });
                second.Add(new Annotation(id, b ? "Law" : "History", b ? ["yes"] : [], 3) { Topics = ["y", "z"] });
            }
        }

        first.Add(new Annotation("only", "Law", [], 1));
        StageResult result = Run(first, second);
        Assert.Equal((50L, 1L, 0L), (result.Counts["rows"], result.Counts["onlyFirst"], result.Counts["onlySecond"]));
        string[][] rows = [.. File.ReadLines(Path.Combine(_folder, "agreement.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(["domain", "verbosity", "strategies (overlap)", "topics (overlap)", "yes"], rows.Select(row => row[0]));
        foreach (string[] row in new[] { rows[0], rows[4] })
        {
            Assert.Equal(
                (0.7, 0.4),
                (
                    double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture),
                    Math.Round(double.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture), 9)));
        }

        Assert.Equal(["50", "1", "", "", "", ""], rows[1][1..]); // one and the same label: nothing to compute
        Assert.Equal("0.7", rows[2][2]);
        Assert.Equal(1.0 / 3, double.Parse(rows[3][2], System.Globalization.CultureInfo.InvariantCulture), 12);
        Assert.Contains("| domain | 50 | 0.700 | 0.400 |", File.ReadAllText(Path.Combine(_folder, "agreement.md")));
    }

    [Fact]
    public void Should_GiveKrippendorffsAlpha_When_LabelsHaveDistances()
    {
        // Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example A has binary labels of two observers over ten items:
        // alpha 0.095. As verbosity, whose distances are squared differences of 0 and 1, the value is the same.
        int[] meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        Run(
            [.. meg.Select((label, i) => new Annotation($"q{i}", label == 0 ? "a" : "b", [], label))],
            [.. owen.Select((label, i) => new Annotation($"q{i}", label == 0 ? "a" : "b", [], label))]);
        foreach (string line in File.ReadLines(Path.Combine(_folder, "agreement.csv")).Skip(1).Take(2))
        {
            Assert.Equal(0.095, Math.Round(double.Parse(line.Split(',')[6], System.Globalization.CultureInfo.InvariantCulture), 3));
        }
    }

    [Fact]
    public void Should_SaySo_When_NoRowIsShared()
    {
        Assert.Contains(
            "no row in common", Assert.Throws<UserErrorException>(() => Run([new Annotation("a", "Law", [], 1)], [new Annotation("b", "Law", [], 1)])).Message);
    }

    private StageResult Run(List<Annotation> first, List<Annotation> second)
    {
        Dictionary<string, string> inputs = new() { ["first"] = Path.Combine(_folder, "first.jsonl"), ["second"] = Path.Combine(_folder, "second.jsonl") };
        JsonLines.Write(inputs["first"], first);
        JsonLines.Write(inputs["second"], second);
        return new AgreementStage().Run(new StageContext { Parameters = new JsonObject(), Inputs = inputs, OutputFolder = _folder });
    }
}
