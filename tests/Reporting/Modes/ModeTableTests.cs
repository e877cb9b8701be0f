using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Figures;
using NaturalThoughts.Reporting.Modes;

namespace NaturalThoughts.Reporting.Tests.Modes;

/// <summary>A table of two students in three modes on four questions, all answers written by hand.</summary>
public sealed class ModeTableTests : IDisposable
{
    private const string Reasoned = "17 - 5 = 12 . Answer: 12";
    private const string Tagged = "<think> 17 - 5 = 12 . </think> Answer: 12";
    private const string Bare = "Answer: 12";
    private static readonly string[] Mixes = ["Random0", "Difficulty"];

    private readonly SyntheticTable _table = new();

    public ModeTableTests()
    {
        string[] modes = ["think", "direct", "adaptive"];
        (string Mix, string Mode, string Address)[] rows =
            [.. from mix in Mixes from mode in modes select (mix, mode, $"Random/16/{mix}" + (mode == "think" ? "" : "-" + mode))];
        _table.Options = _table.Options with
        {
            Benchmarks = [new TableBenchmark("hard", 4)],
            Paper = null,
            Cells = [.. rows.Select(row => new TableCell { Address = row.Address, Method = "Random", Size = 16, Mix = row.Address[10..], Seeds = [1] })],
            Columns = ["tokens", "modes", "closed"],
            Modes = new ModeOptions
            {
                Scale = 100,
                Budgets = [10, 50],
                Easy = ["1"],
                Hard = ["2"],
                Closed = [4],
                Cells =
                    [.. rows.Select(row => new ModeCell(row.Address, "Random/16/" + row.Mix, row.Mode, row.Mix, row.Mix == "Random0", row.Mode == "think"))],
            },
        };
        _table.Bind(TableRoles.Benchmark("hard"), "questions", Lines(Enumerable.Range(0, 4).Select(i =>
            new Question($"q{i}", "text", "12") { Meta = new(StringComparer.Ordinal) { ["level"] = i < 2 ? "1" : "2" } })));
        foreach ((string mix, string mode, string address) in rows)
        {
            // think: right except for q3; direct: right on the easy ones; adaptive: as think on the hard ones, as direct on the others.
            _table.Bind(address, "hard", 1, mode switch
            {
                "think" => Grades(Tagged, 40, "1110"),
                "direct" => Grades(Bare, 4, "1100"),
                _ => [.. Grades(Bare, 4, "1100").Take(2), .. Grades(Reasoned, 20, "1110").Skip(2)],
            });
            if (mode == "think")
            {
                _table.Bind(TableRoles.Closed(address, "hard", 1, 4), "closed-" + mix, Lines(Grades(Tagged, 10, "1000")));
            }

            _table.Bind(TableRoles.Composition(address, 1), $"composition-{mix}-{mode}", $$"""
                {"mix": "{{mix}}", "all": {"system2": {{(mix == "Random0" ? 0 : 12)}}, "system1": {{(mix == "Random0" ? 16 : 4)}}, "withoutInstruction": 3},
                 "domains": {"law": {"system2": 2, "system1": 1, "withoutInstruction": 0} }, "levels": {"1": {"system2": 0, "system1": 4, "withoutInstruction": 1} } }
                """);
        }
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_TellTheModesApart_When_ATableComparesThem()
    {
        string[] lines = _table.Text(TableStage.Markdown).Split('\n');

        Assert.Contains(
            "| student | mode | benchmark | accuracy % | tokens | median | 95 % | opens a tag % | "
            + "never closes % | reasons % | unparsed % | cut off % | within 10 | within 50 |", lines);
        Assert.Contains("| Random/16/Difficulty | think | hard | 75.0 | 40.0 | 40 | 40 | 100.0 | 0.0 | 100.0 | 0.0 | 0.0 | 0.0 | 75.0 |", lines);
        Assert.Contains("| Random/16/Difficulty | direct | hard | 50.0 | 4.0 | 4 | 4 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 50.0 | 50.0 |", lines);

        // Half of the adaptive answers reason, none opens a tag.
        Assert.Contains("| Random/16/Difficulty | adaptive | hard | 75.0 | 12.0 | 4 | 20 | 0.0 | 0.0 | 50.0 | 0.0 | 0.0 | 50.0 | 75.0 |", lines);
        Assert.Contains("| Random/16/Difficulty | adaptive | 100.0 / 4.0 / 0.0 | 50.0 / 20.0 / 100.0 |", lines); // by level
        Assert.Contains("| Random/16/Difficulty | hard | 25.0 / 10.0 | 75.0 / 40.0 |", lines); // closed after 4 tokens, its own end

        // The oracle: 4, 4, 40 tokens for the right ones, 4 for the wrong one.
        Assert.Contains("| Random/16/Difficulty | hard | 75.0 / 13.0 | 0.0 / 27.0 | 0.0 / -1.0 | 25.0 / -9.0 |", lines);

        // AUC of think: 0.6, of the others: 0.96; hard ones: 0.5, 0 and 0.5.
        Assert.Contains("| Random/16/Difficulty | think | 60.0 | 50.0 | 54.5 |", lines);
        Assert.Contains("| Random/16/Difficulty | direct | 96.0 | 0.0 | 0.0 |", lines);
        Assert.Contains("| Random/16/Difficulty | adaptive | 96.0 | 50.0 | 65.8 |", lines);
        Assert.Contains("| Random/16/Difficulty | 12.0 | 4.0 | 3.0 | 75.0 | 0.0 |", lines);
    }

    [Fact]
    public void Should_WriteAndLockEveryMeasure_When_ATableComparesModes()
    {
        string folder = _table.Run();
        Dictionary<string, string> csv = File.ReadAllLines(Path.Combine(folder, TableStage.Modes)).Skip(1).Select(line => line.Split(','))
            .Where(line => line[0] == "Random/16/Difficulty-adaptive").ToDictionary(line => $"{line[1]},{line[2]},{line[3]}", line => line[4]);
        JsonNode body = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, TableStage.Lock)))!["body"]!;

        Assert.Equal(("0.500000", "1.000000", "0.000000"), (csv["hard,all,reasons"], csv["hard,2,reasons"], csv["hard,all,opens_tag"]));
        Assert.Equal(
            ("0.750000", "12.00", "4", "20"),
            (csv["hard,all,accuracy"], csv["hard,all,tokens_mean"], csv["hard,all,tokens_median"], csv["hard,all,tokens_p95"]));
        Assert.Equal(
            ("0.750000", "13.00", "0.000000", "-1.00"),
            (csv["hard,all,oracle_accuracy"], csv["hard,all,oracle_tokens"], csv["hard,all,regret"], csv["hard,all,excess_tokens"]));
        Assert.Equal(("0.960000", "0.500000", "0.657534"), (csv["all,all,auc_oaa"], csv["all,all,hard_accuracy"], csv["all,all,f1"]));
        Assert.Contains("Random/16/Difficulty,hard,all,closed_4,0.250000", File.ReadAllLines(Path.Combine(folder, TableStage.Modes)));
        Assert.Contains("Random/16/Difficulty,,all,examples/law/system2,2.00", File.ReadAllLines(Path.Combine(folder, TableStage.Modes)));
        Assert.Equal(ContentHash.OfFile(Path.Combine(folder, TableStage.Modes)).Hex, (string?)body["modes"]);
    }

    [Fact]
    public void Should_DrawACurvePerModeAndTheFront_When_ATableComparesModes()
    {
        string svg = _table.Text(TableStage.Figure);

        Assert.Contains("tokens per answer", svg, StringComparison.Ordinal);
        Assert.All(new[] { ">think<", ">direct<", ">adaptive<", ">D<" }, text => Assert.Contains(text, svg, StringComparison.Ordinal));
        Assert.Equal(4, svg.Split("<polyline").Length - 1); // three curves and the front
    }

    [Fact]
    public void Should_KeepWhatNothingBeats_When_AFrontIsDrawn()
    {
        ModeFigure.Point Point(double tokens, double percent) => new("think", "s", "Random0", true, 0, tokens, percent);

        Assert.Equal(
            [(5, 40), (10, 50), (40, 60)],
            ModeFigure.Front([Point(40, 60), Point(10, 50), Point(20, 45), Point(5, 40), Point(60, 60), Point(10, 30)])
                .Select(point => (point.Tokens, point.Percent)));
    }

    [Fact]
    public void Should_Refuse_When_TheModesNameNoRow()
    {
        _table.Options = _table.Options with { Modes = _table.Options.Modes! with { Cells = [new ModeCell("Random/1/None", "Random/1/None", "think")] } };

        Assert.Contains("'Random/1/None'", Assert.Throws<UserErrorException>(() => _table.Run()).Message, StringComparison.Ordinal);
    }

    private string Lines<T>(IEnumerable<T> rows)
    {
        string path = _table.Folder($"lines{_files++}");
        JsonLines.Write(path, rows);
        return File.ReadAllText(path);
    }

    private int _files;

    private static List<Grade> Grades(string output, int tokens, string right) =>
        [.. right.Select((verdict, i) => new Grade($"q{i}", "p", output, "12", verdict == '1', tokens, false))];
}
