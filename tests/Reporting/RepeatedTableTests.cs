using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests;

/// <summary>Tables whose students answer each question several times.</summary>
public sealed class RepeatedTableTests : IDisposable
{
    private const string Cell = "Random/250/System2";

    // Of two questions: right in [repeat 1, repeat 2, repeat 3, repeat 4].
    private static readonly bool[][] Right = [[true, true, false, true], [false, false, true, false]];

    private readonly SyntheticTable _table = new();

    public RepeatedTableTests() => _table.Options = _table.Options with
    {
        Benchmarks = [new TableBenchmark("hard", 4)],
        Cells = [SyntheticTable.Cell("Random", 250) with { Seeds = [1] }],
        Paper = null,
    };

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_AverageOverAnswers_When_AReplicateHasRepeats()
    {
        _table.Bind(Cell, "hard", 1, Grades());

        string folder = _table.Run();
        string[] row = File.ReadAllLines(Path.Combine(folder, TableStage.Csv))[1].Split(',');

        // 4 right of 8; the questions' means 0.75 and 0.25 have the standard deviation 0.3536, over the root of two 0.25.
        Assert.Equal(("2", "1", "0.500000", "0.250000"), (row[5], row[6], row[7], row[8]));
        Assert.Contains($"{Cell} hard 1 10100110\n", File.ReadAllText(Path.Combine(folder, TableStage.Outcomes)), StringComparison.Ordinal);
        JsonNode values = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, TableStage.Lock)))!["body"]!["cells"]![Cell]!["benchmarks"]!["hard"]!;
        Assert.Equal((2, 4, 4), ((int)values["n"]!, (int)values["right"]![0]!, (int)values["repeats"]!));
        Assert.False(File.Exists(Path.Combine(folder, TableStage.Measures)));
        Assert.DoesNotContain("Answers by benchmark", File.ReadAllText(Path.Combine(folder, TableStage.Markdown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_PrintWhatIsAsked_When_ATableHasMeasures()
    {
        _table.Options = _table.Options with { Columns = ["errors", "pass@k", "pass@2", "maj@k", "avg@2", "faults", "macro"] };
        _table.Bind(Cell, "hard", 1, Grades());
        _table.Bind(TableRoles.Measures(Cell, "hard", 1), "measures", Measures());

        string folder = _table.Run();
        string[] rows = File.ReadAllLines(Path.Combine(folder, TableStage.Markdown));
        Dictionary<string, string> csv = File.ReadAllLines(Path.Combine(folder, TableStage.Measures)).Skip(1).Select(line => line.Split(','))
            .ToDictionary(line => line[2], line => line[3]);

        // ± questions: see above; ± seeds: the repeats' means 0.5, 0.5, 0.5, 0.5 do not move. pass@2 = mean of 1 - C(1,2)/C(4,2) and 1 - C(3,2)/C(4,2).
        Assert.Contains(
            "| student | benchmark | answers | accuracy % | ± questions | ± seeds | ± replicates | pass@k % | pass@2 % | maj@k % | avg@2 % | unparsed % | cut "
            + "off % | empty think % | unclosed think % | answer inside think % | loops % | undecided % | macro averages % |", rows);
        Assert.Contains(
            $"| {Cell} | hard | 2 x 4 | 50.0 | 25.0 | 0.0 |  | 100.0 | 75.0 | 50.0 | 50.0 | 12.5 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | field 50.0 (2) |", rows);
        Assert.Equal(("0.250000", "0.750000", "1.000000", "0.500000"), (csv["se_questions"], csv["pass@2"], csv["pass@4"], csv["maj@4"]));
        Assert.Equal(("0.750000", "0.250000", "0.125000"), (csv["field/paint"], csv["field/stone"], csv["unparsed"]));
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, TableStage.Lock)))!["body"]!["measures"]);
    }

    [Fact]
    public void Should_SetPhrasingsBesideSeeds_When_TheTableAsksForThem()
    {
        _table.Options = _table.Options with { Columns = ["phrasings"] };
        _table.Bind(Cell, "hard", 1, Grades());
        _table.Bind(TableRoles.Measures(Cell, "hard", 1), "measures", Measures());
        for (int phrasing = 1; phrasing <= 3; phrasing++)
        {
            _table.Bind(
                TableRoles.Phrasing(Cell, "hard", 1, phrasing),
                $"phrasing{phrasing}",
                string.Concat(Enumerable.Range(0, 4).Select(i => Line(new Grade($"q{i}", "p", "o", "x", i < phrasing, 1, false)))));
        }

        string folder = _table.Run();

        // 1, 2 and 3 right of 4: standard deviation 25 points; the seeds do not move.
        Assert.Contains(
            $"| {Cell} | hard | 2 x 4 | 50.0 | 3 | 25.0 to 75.0 | 25.0 | 0.0 | 25.0 |", File.ReadAllLines(Path.Combine(folder, TableStage.Markdown)));
    }

    [Fact]
    public void Should_NameQuestionAndRepeat_When_AnOutcomeMoves()
    {
        _table.Bind(Cell, "hard", 1, Grades());
        string results = _table.Folder("results");
        ResultFiles.Publish(_table.Result(), results);

        // Repeat 3 of the first question becomes right.
        List<Grade> moved = Grades();
        moved[4] = moved[4] with { Correct = true };
        _table.Bind(Cell, "hard", 1, moved);
        string rendered = ResultFiles.Compare(_table.Result(), results).Render();

        Assert.Contains("4 -> 5 right of 8", rendered, StringComparison.Ordinal);
        Assert.Contains("first question 1 in ordinal order of ids in repeat 3 (seed 1): wrong -> right", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_AQuestionHasMoreAnswersThanAnother()
    {
        _table.Bind(Cell, "hard", 1, Grades().Append(new Grade("a", "p", "o", "x", true, 1, false)));

        Assert.Contains("'a' 5 times, another one 4", Assert.Throws<UserErrorException>(() => _table.Run()).Message, StringComparison.Ordinal);
    }

    private static List<Grade> Grades() =>
        [.. Enumerable.Range(0, 4).SelectMany(r => new[] { "a", "b" }.Select((id, q) => new Grade(id, "p", "o", "x", Right[q][r], 10, false)))];

    private static string Line(Grade grade) => CanonicalJson.Write(new JsonObject
    {
        ["questionId"] = grade.QuestionId,
        ["prompt"] = grade.Prompt,
        ["output"] = grade.Output,
        ["extracted"] = grade.Extracted,
        ["correct"] = grade.Correct,
        ["tokens"] = grade.Tokens,
        ["truncated"] = grade.Truncated,
    }) + "\n";

    private static string Measures() =>
        """
        {"questionId":"a","scores":[1,1,0,1],"votes":[0,0,1,0],"tokens":[10,10,10,10],"groups":{"field":"paint"}}
        {"questionId":"b","scores":[0,0,1,0],"votes":[0,0,1,-1],"tokens":[10,10,10,10],"groups":{"field":"stone"},"faults":{"unparsed":1}}

        """;
}
