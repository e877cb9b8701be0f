using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests.Findings;

/// <summary>Findings over cells of two tables, with answers drawn from a seed: B is right more often than A, C writes twice as much.</summary>
public sealed class FindingsStageTests : IDisposable
{
    private const string A = "Table1/A/10/System2", B = "Table1/B/10/System2", C = "Other/C/10/System2-direct";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly string _root = Directory.CreateTempSubdirectory("findings").FullName;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

    public FindingsStageTests()
    {
        Draw(A, 3, 0.3, 30);
        Draw(B, 2, 0.7, 30);
        Draw(C, 3, 0.3, 60);
        foreach (string benchmark in (string[])["hard", "free"])
        {
            string path = _inputs[TableRoles.Questions(A, benchmark, 1)] = Path.Combine(_root, benchmark + ".jsonl");
            JsonLines.Write(
                path, Enumerable.Range(0, 80).Select(i => new Question($"{benchmark}-{i:00}", "t", "r") { Meta = new() { ["level"] = $"{1 + (i % 2)}" } }));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Should_JudgeAcrossTables_When_CellsDifferInReplicates()
    {
        string folder = Run(
            Of("better", (B, 1), (A, -1)) with { Direction = "greater", Smallest = 5 },
            Of("worse", (B, 1), (A, -1)) with { Direction = "less", Smallest = 5 },
            Of("longer", (C, 1), (A, -1)) with { Direction = "greater", Smallest = 0.5, Measure = "tokens", As = "ratio", Reference = 1 },
            Of("same", (C, 1), (A, -1)) with { Direction = "equivalent", Smallest = 20 },
            Of("off", (B, 1), (A, -1)) with { Direction = "equivalent", Smallest = 25, Strata = [new("hard", 1), new("free", -1)] },
            Of("levels", (B, 1), (A, -1)) with { Direction = "equivalent", Smallest = 40, PlusLevels = ["2"], MinusLevels = ["1"] },
            Of("reasons", (B, 1), (A, -1)) with { Direction = "equivalent", Smallest = 1, Measure = "reasons" });

        JsonObject findings = Lock(folder).Body["findings"]!.AsObject();
        Assert.Equal(
            ["better supported", "levels supported", "longer supported", "off supported", "reasons undecided", "same supported", "worse contradicted"],
            findings.Select(finding => $"{finding.Key} {finding.Value!["verdict"]}"));
        // 0.82 - 0.18, the mean of two uniform draws
        Assert.InRange(Estimate(folder, "better"), 55, 73);
        Assert.InRange(Estimate(folder, "longer"), 1.9, 2.1);
        Assert.Equal(new string('d', 64), (string?)Lock(folder).Body["declaration"]);
        Assert.Equal([A, B, C], Lock(folder).Body["cells"]!.AsObject().Select(cell => cell.Key).OrderBy(cell => cell == C));
        string page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        Assert.Contains("There is no positive control", page, StringComparison.Ordinal);
        Assert.Contains("| better | says better. | supported | +", page, StringComparison.Ordinal);
        Assert.Contains("undecided (no test: identical answers)", page, StringComparison.Ordinal);
        Assert.Contains("levels 2 minus 1", page, StringComparison.Ordinal);
        Assert.Contains($"| better | primary | {B} - {A} | accuracy, hard, free | greater than 0 by 5 | 2, 3 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_GiveNoVerdict_When_APositiveControlFails()
    {
        string folder = Run(
            Of("control", (C, 1), (A, -1)) with { IsControl = true, Family = "controls", Direction = "greater", Smallest = 5 },
            Of("better", (B, 1), (A, -1)) with { Direction = "greater", Smallest = 5, Seen = "yes, Table1" });

        Assert.Equal("withheld", (string?)Lock(folder).Body["findings"]!["better"]!["verdict"]);
        string page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        Assert.Contains("**No verdict is given.** Of 1 positive control, 1 failed: control (", page, StringComparison.Ordinal);
        Assert.DoesNotContain("supported |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayWhatWasSeenBefore_When_ItWas()
    {
        string folder = Run(
            Of("control", (B, 1), (A, -1)) with { IsControl = true, Family = "controls", Direction = "greater", Smallest = 5 },
            Of("better", (B, 1), (A, -1)) with { Direction = "greater", Smallest = 5, Seen = "yes, Table1" });

        string page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        Assert.StartsWith(
            "# Findings: t\n\nThe positive control was found.\nOf 1 finding: 1 supported, 0 contradicted, 0 undecided.\nVisible in earlier data, so that their "
            + "test is no prediction: better.\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CountOnlyNamedSeeds_When_AFindingHasSome()
    {
        string all = Run(Of("one", (A, 1)) with { Direction = "greater", Smallest = 1 }),
        some = Run(Of("one", (A, 1)) with { Direction = "greater", Smallest = 1, Seeds = [2, 3] });

        Assert.Contains(",3,,no,", File.ReadAllText(Path.Combine(all, TableStage.Csv)), StringComparison.Ordinal);
        Assert.Contains(",2;3,2,,no,", File.ReadAllText(Path.Combine(some, TableStage.Csv)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TestTheChosenCellOnOtherSeeds_When_TheBestIsTaken()
    {
        string folder = Run(
            Of("best", (FindingChoice.Term, 1), (C, -1)) with { Direction = "greater", Smallest = 5, Best = new FindingChoice([A, B], [1]) },
            Of("worst", (FindingChoice.Term, 1), (B, -1)) with { Direction = "less", Smallest = 5, Best = new FindingChoice([A, C], [2, 3]), Seeds = [1, 2] });

        string csv = File.ReadAllText(Path.Combine(folder, TableStage.Csv)), page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        string chosen = B + " (best of 2 on seeds 1) - " + C;
        Assert.Contains($",{chosen},", csv, StringComparison.Ordinal);
        Assert.Contains(" (best of 2 on seeds 2 3) - " + B, csv, StringComparison.Ordinal);
        Assert.Contains($"| best | primary | {chosen} | accuracy, hard, free, best of {A} {B} | greater than 0 by 5 | 1, 2 |", page, StringComparison.Ordinal);
        Assert.Contains($"| accuracy, hard, free, seeds 1, best of {A} {C} | less than 0 by 5 | 1, 1 |", page, StringComparison.Ordinal);
        Assert.Equal(["supported", "supported"], Lock(folder).Body["findings"]!.AsObject().Select(finding => (string?)finding.Value!["verdict"]));
    }

    [Theory]
    [InlineData(1, "Table1/D/10/System2", "worse")]
    [InlineData(2, "Table1/A/10/System2", "even")]
    public void Should_ChooseByTheSeedsOfTheChoiceAlone_When_LuckIsOnOneSeed(int seed, string chosen, string then)
    {
        // D is the best on seed 1 and right in nothing after it.
        Draw("Table1/D/10/System2", 3, 0.6, 30, seed => seed == 1 ? 0.9 : 0);

        string folder = Run(
            options => options with { Cells = [.. options.Cells, Cell("Table1/D/10/System2", "System2", 3)] },
            Of("best", (FindingChoice.Term, 1), (C, -1)) with { Direction = "two-sided", Best = new FindingChoice([A, "Table1/D/10/System2"], [seed]) });

        Assert.Contains($",{chosen} (best of 2 on seeds {seed}) - {C},", File.ReadAllText(Path.Combine(folder, TableStage.Csv)), StringComparison.Ordinal);
        double estimate = Estimate(folder, "best");
        Assert.Equal(then, estimate < -10 ? "worse" : Math.Abs(estimate) < 10 ? "even" : "better");
        string page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        Assert.Contains("best of Table1/A/10/System2 Table1/D/10/System2", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayWhyThereIsNoLine_When_TheEndsWriteAsMuch()
    {
        string folder = Run(Of("flat", (C, 1), (A, -1), (B, -1)) with { As = FindingForm.Chord, Direction = "greater", Smallest = 5 });

        Assert.Contains(
            "| flat | says flat. | undecided (no test: the ends' tokens are too near each other) |  |  |  | 5 |",
            File.ReadAllText(Path.Combine(folder, TableStage.Markdown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_MeasureAgainstTheLine_When_AFindingIsAChord()
    {
        // B writes as much as A, where the line from A to C has A's value.
        string folder = Run(Of("above", (B, 1), (A, -1), (C, -1)) with { As = FindingForm.Chord, Direction = "greater", Smallest = 5 });

        JsonNode above = Lock(folder).Body["findings"]!["above"]!;
        Assert.Equal("supported", (string?)above["verdict"]);
        Assert.InRange(Estimate(folder, "above"), 50, 75);
        string page = File.ReadAllText(Path.Combine(folder, TableStage.Markdown));
        Assert.Contains($"| {B} above the line from {A} to {C} |", page, StringComparison.Ordinal);
        Assert.Contains("ratios after Fieller, heights above a line by the delta method with these students' own replicates. ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_LeaveABenchmarkOut_When_ACellDoesNotAnswerIt()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            _inputs.Remove(TableRoles.Grades(C, "hard", seed));
        }

        string folder = Run(
            Of("better", (B, 1), (A, -1)) with { Smallest = 5 },
            Of("same", (C, 1), (A, -1)) with { Direction = "equivalent", Smallest = 20, Strata = [new("free", 1)] });

        JsonObject cells = Lock(folder).Body["cells"]!.AsObject();
        Assert.Equal(["free"], cells[C]!["benchmarks"]!.AsObject().Select(benchmark => benchmark.Key));
        Assert.Equal(2, cells[A]!["benchmarks"]!.AsObject().Count);
        Assert.Equal(["supported", "supported"], Lock(folder).Body["findings"]!.AsObject().Select(finding => (string?)finding.Value!["verdict"]));
    }

    [Fact]
    public void Should_CancelWhatStudentsShare_When_OneIsAskedTwice()
    {
        // C's answers are those of A by other luck. As the same student the terms' noise is that of the difference.
        Finding finding = Of("one", (C, 1), (A, -1)) with { Direction = "two-sided", Smallest = 1 };

        string apart = Run(finding), same = Run(options => options with { Students = new Dictionary<string, string> { [A] = "s", [C] = "s" } }, finding);

        Assert.NotEqual(File.ReadAllText(Path.Combine(apart, TableStage.Csv)), File.ReadAllText(Path.Combine(same, TableStage.Csv)));
    }

    private static double Estimate(string folder, string finding) =>
        double.Parse((string)Lock(folder).Body["findings"]![finding]!["estimate"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static ResultLock Lock(string folder) => ResultLock.Read(Path.Combine(folder, TableStage.Lock));

    private static Finding Of(string id, params (string Cell, double Weight)[] terms) => new()
    {
        Id = id,
        Statement = $"says {id}.",
        Family = "primary",
        Seen = "no",
        Direction = "greater",
        Smallest = 1,
        Terms = [.. terms.Select(term => new FindingTerm(term.Cell, term.Weight))],
        Strata = [new("hard", 0.5), new("free", 0.5)],
    };

    private string Run(params Finding[] findings) => Run(options => options, findings);

    private string Run(Func<FindingsOptions, FindingsOptions> change, params Finding[] findings)
    {
        FindingsOptions options = change(new FindingsOptions
        {
            Name = "Findings",
            Profile = "tests",
            Title = "t",
            Baseline = "",
            Declaration = new string('d', 64),
            File = "findings.yaml",
            Level = 0.05,
            Benchmarks = [new TableBenchmark("hard", 4), new TableBenchmark("free")],
            Cells = [Cell(A, "System2", 3), Cell(B, "System2", 2), Cell(C, "System2-direct", 3)],
            Findings = findings,
        });
        string output = Directory.CreateTempSubdirectory("out").FullName;
        string folder = Path.Combine(_root, Path.GetFileName(output));
        Directory.Move(output, folder);
        new FindingsStage().Run(
            new StageContext { Parameters = JsonSerializer.SerializeToNode(options, Web)!.AsObject(), Inputs = _inputs, OutputFolder = folder });
        return folder;
    }

    private static TableCell Cell(string address, string mix, int seeds) =>
        new() { Address = address, Method = address.Split('/')[1], Size = 10, Mix = mix, Seeds = [.. Enumerable.Range(1, seeds)] };

    private void Draw(string cell, int seeds, double skill, int tokens, Func<int, double>? skillOf = null)
    {
        foreach (string benchmark in (string[])["hard", "free"])
        {
            for (int seed = 1; seed <= seeds; seed++)
            {
                string role = TableRoles.Grades(cell, benchmark, seed), path = _inputs[role] = Path.Combine(_root, role.Replace('/', '_') + ".jsonl");
                JsonLines.Write(path, Enumerable.Range(0, 80).Select(i =>
                {
                    double luck = (0.5 * SeededRandom.DrawDouble("question", benchmark, $"{i}"))
                        + (0.5 * SeededRandom.DrawDouble(cell, benchmark, $"{i}", $"{seed}"));
                    return new Grade(
                        $"{benchmark}-{i:00}", "p", "Answer: 1.", "1", luck < (skillOf?.Invoke(seed) ?? skill),
                        tokens + (int)(0.5 * tokens * SeededRandom.DrawDouble("tokens", cell, $"{i}", $"{seed}")), false);
                }));
            }
        }
    }
}
