using System.Globalization;
using NaturalThoughts.Records;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tests;

/// <summary>Tables whose baseline has more replicates than the methods, families, and effects as amounts of data.</summary>
public sealed class UnbalancedTableTests : IDisposable
{
    private static readonly int[] Many = [1, 2, 3, 4, 5, 6, 7, 8];
    private readonly SyntheticTable _table = new();

    public UnbalancedTableTests()
    {
        foreach (int size in (int[])[250, 1000])
        {
            _table.Draw($"Random/{size}/System2", size == 250 ? 0.35 : 0.5, 0, 80, Many);
        }

        _table.Options = _table.Options with
        {
            Cells =
            [
                .. _table.Options.Cells.Select(cell =>
                    (cell.Method == "Random" ? cell with { Seeds = Many } : cell) with { Pool = cell.Size is { } size ? $"{size} think" : null }),
            ],
        };
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_UseAllReplicates_When_TheBaselineHasMore()
    {
        Dictionary<string, string> row = Row("ModelsDisagree/1000/System2");
        double[,] method = Verdicts("ModelsDisagree/1000/System2", [1, 2, 3]), random = Verdicts("Random/1000/System2", Many);
        TrainingNoise noise = TrainingNoise.Pool([TrainingNoise.Of([method]), TrainingNoise.Of([random])])!;
        CrossedContrast pooled = CrossedContrast.Of([new ContrastTerm(1, [method], noise), new ContrastTerm(-1, [random], noise)]);
        CrossedContrast own = CrossedContrast.Of([new ContrastTerm(1, [method]), new ContrastTerm(-1, [random])]);

        Assert.Equal("3", row["replicates"]);
        Assert.Equal("8", Row("Random/1000/System2")["replicates"]);
        Assert.Equal(Number(row["mean"]) - Number(Row("Random/1000/System2")["mean"]), Number(row["diff"]), 5);
        Assert.Equal(pooled.Estimate, Number(row["diff"]), 1e-6);
        Assert.Equal(pooled.StandardError, Number(row["se_diff"]), 1e-6);
        Assert.Equal(pooled.P!.Value, Number(row["p"]), pooled.P.Value * 0.06);
        Assert.Equal(own.StandardError, Number(row["se_diff_unpooled"]), 1e-6);
        Assert.Equal(own.P!.Value, Number(row["p_unpooled"]), own.P.Value * 0.06);

        // The interval of the cell is by the same noise as the test.
        Assert.Equal(CrossedContrast.Of([new ContrastTerm(1, [method], noise)]).StandardError, Number(row["se"]), 1e-6);
        Assert.Contains("3 to 8 replicates", _table.Text("table.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_PoolOverMixes_When_ThePlanSaysThatTheyAreOneKind()
    {
        TableCell mixed =
            new() { Address = "Random/1000/Random0.5", Method = "Random", Size = 1000, Mix = "Random0.5", Seeds = [1, 2, 3], Baseline = "Random/1000/System2" };
        _table.Draw(mixed.Address, 0.45, 0, 60);
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells, mixed] };
        double alone = Number(Row(mixed.Address)["df"]);

        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Select(cell => cell == mixed ? cell with { Pool = "1000 think" } : cell)] };

        TrainingNoise all = TrainingNoise.Pool(
        [
            TrainingNoise.Of([Verdicts("ModelsDisagree/1000/System2", [1, 2, 3])]),
            TrainingNoise.Of([Verdicts("Random/1000/System2", Many)]),
            TrainingNoise.Of([Verdicts(mixed.Address, [1, 2, 3])]),
        ])!;
        CrossedContrast test = CrossedContrast.Of(
            [new ContrastTerm(1, [Verdicts(mixed.Address, [1, 2, 3])], all), new ContrastTerm(-1, [Verdicts("Random/1000/System2", Many)], all)]);
        Assert.Equal(test.StandardError, Number(Row(mixed.Address)["se_diff"]), 1e-6);
        Assert.NotEqual(alone, Number(Row(mixed.Address)["df"]));
        Assert.Equal("1000 think", Row(mixed.Address)["pool"]);
    }

    [Fact]
    public void Should_CorrectCalibrationsByThemselves_When_TheyAreOutsideOfTheFamily()
    {
        TableCell calibration =
            new() { Address = "Answers/1000/System1", Method = "Answers", Size = 1000, Mix = "System1", Seeds = [1, 2, 3], Baseline = "Random/1000/System2" };
        _table.Draw(calibration.Address, 0.4, 0, 5);
        _table.Options = _table.Options with { Family = "methods against Random", Cells = [.. _table.Options.Cells, calibration] };
        Dictionary<string, string>[] Column() => [.. Rows().Where(row => row["benchmark"] == "hard" && row["p"].Length > 0)];
        Assert.Equal(3, Column().Length);
        Assert.DoesNotContain("family", Column()[0].Keys);

        _table.Options =
            _table.Options with { Cells = [.. _table.Options.Cells.Select(cell => cell == calibration ? cell with { Calibration = true } : cell)] };
        Dictionary<string, string>[] rows = Column(), family = [.. rows.Where(row => row["family"] == "primary")];
        double[] adjusted = MultipleTesting.Holm([.. family.Select(row => Number(row["p"]))]);

        Assert.Equal(2, family.Length);
        Assert.All(family.Zip(adjusted), pair => Assert.Equal(pair.Second, Number(pair.First["p_holm"]), pair.Second * 0.06));
        Dictionary<string, string> outside = Assert.Single(rows, row => row["family"] == "calibration");
        Assert.Equal(outside["p"], outside["p_holm"]);
        string page = _table.Text("table.md");
        Assert.Contains("- Primary family: methods against Random (2 comparisons of each column, corrected together).\n", page, StringComparison.Ordinal);
        Assert.Contains("- Calibrations, corrected by themselves and no part of the family: Answers/1000/System1.\n", page, StringComparison.Ordinal);
        Assert.Contains("at Holm's first of 2)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("at Holm's first of 3)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CompareOverAllSizes_When_TheFamilyIsThat()
    {
        _table.Draw("Topics/250/System2", 0.3, 0, 70);
        _table.Options = _table.Options with
        {
            Family = "methods over all sizes",
            FamilyOverSizes = true,
            Cells = [.. _table.Options.Cells, SyntheticTable.Cell("Topics", 250)],
        };

        // Topics is at one of two sizes, and is no part of it.
        Dictionary<string, string>[] family = [.. Rows().Where(row => row["family"] == "primary")];
        Assert.Equal(["ModelsDisagree/all/System2", "ModelsDisagree/all/System2"], family.Select(row => row["cell"]));
        Dictionary<string, string> hard = family[0];
        ContrastTerm[] terms = [.. ((int[])[250, 1000]).SelectMany(size => (ContrastTerm[])
        [
            new ContrastTerm(0.5, [Verdicts($"ModelsDisagree/{size}/System2", [1, 2, 3])]),
            new ContrastTerm(-0.5, [Verdicts($"Random/{size}/System2", Many)]),
        ])];
        CrossedContrast own = CrossedContrast.Of(terms);
        Assert.Equal(own.Estimate, Number(hard["diff"]), 1e-6);
        Assert.Equal(own.StandardError, Number(hard["se_diff_unpooled"]), 1e-6);
        Assert.Equal(hard["p"], hard["p_holm"]);
        Assert.True(
            Number(hard["se_diff"]) < Math.Min(Number(Row("ModelsDisagree/250/System2")["se_diff"]), Number(Row("ModelsDisagree/1000/System2")["se_diff"])));
        string page = _table.Text("table.md");
        Assert.Contains("\n## Primary family: methods over all sizes\n", page, StringComparison.Ordinal);
        Assert.Matches(@"- hard: minimum detectable effect [0-9.]+ points at level 0.05 \([0-9.]+ at Holm's first of 1\)", page);
        Assert.Contains(
            "- Primary family: methods over all sizes, in a section of its own below; the 3 comparisons by size are a second family.\n", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TellEffectsAsData_When_TheBaselineHasSeveralSizes()
    {
        Dictionary<string, string> row = Row("ModelsDisagree/1000/System2"), small = Row("Random/250/System2"), large = Row("Random/1000/System2");

        // ln 4 lies between the sizes.
        double slope = (Number(large["mean"]) - Number(small["mean"])) / Math.Log(4);
        Assert.True(slope > 0);
        Assert.Equal(Math.Exp(Number(row["diff"]) / slope), Number(row["multiplier"]), 0.01 * Number(row["multiplier"]));
        Assert.True(Number(row["multiplier_low"]) > 1);
        Assert.Contains("\n## Effects as amounts of Random data\n", _table.Text("table.md"), StringComparison.Ordinal);

        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Where(cell => cell.Size != 250)] };
        Assert.DoesNotContain("Effects as amounts", _table.Text("table.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("multiplier", Row("ModelsDisagree/1000/System2").Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_PrintNoFactor_When_TheLineIsRejected(bool isBentOnHard)
    {
        // The draws' accuracy at skills 0.35, 0.5 and 0.65 is on a line; at 4,000 the free benchmark gains nothing over 1,000.
        string largest = "Random/4000/System2";
        _table.Draw(largest, 0.5, 0, 80, Many);
        Dictionary<int, List<Grade>> flat = Many.ToDictionary(seed => seed, seed => _table.Grades(largest, "free", seed));
        if (!isBentOnHard)
        {
            _table.Draw(largest, 0.65, 0, 80, Many);
            foreach (int seed in Many)
            {
                _table.Bind(largest, "free", seed, flat[seed]);
            }
        }

        _table.Options =
            _table.Options with { Cells = [.. _table.Options.Cells, SyntheticTable.Cell("Random", 4000) with { Seeds = Many, Pool = "4000 think" }] };
        string page = _table.Text("table.md");
        string section = page[page.IndexOf("\n## Effects as amounts", StringComparison.Ordinal)..page.IndexOf("\n## The paper", StringComparison.Ordinal)];

        Assert.Matches($"The line is rejected at 0.05 on {(isBentOnHard ? "hard [(]p [0-9.e-]+[)] and " : "")}free [(]p [0-9.e-]+[)], where", section);
        Assert.Equal(!isBentOnHard, section.Contains("\n| cell | hard |\n", StringComparison.Ordinal));
        Assert.Equal(!isBentOnHard, section.Contains('×', StringComparison.Ordinal));
        Assert.Contains(Rows(), row => row["benchmark"] == "free" && row["multiplier"].Length > 0);
    }

    [Fact]
    public void Should_SayWhereTheVerdictDependsOnPooling_When_ItDoes()
    {
        // A method whose replicates lie far apart among students that do not: pooling makes its difference look certain.
        string address = "ModelsDisagree/1000/System2";
        foreach (int seed in (int[])[1, 2, 3])
        {
            _table.Bind(address, "hard", seed, [.. _table.Grades("Random/1000/System2", "hard", seed).Select((grade, i) =>
                grade with { Extracted = "x", Correct = grade.Correct || i % 60 < (seed == 1 ? 2 : seed == 2 ? 18 : 34) })]);
        }

        for (int kin = 0; kin < 12; kin++)
        {
            TableCell cell = SyntheticTable.Cell($"Kin{kin}", 1000) with { Baseline = "base", Pool = "1000 think" };
            _table.Draw(cell.Address, 0.5, 0, 50);
            _table.Options = _table.Options with { Cells = [.. _table.Options.Cells, cell with { Calibration = true }] };
        }

        Dictionary<string, string> row = Row(address);
        Assert.True(Number(row["p_holm"]) <= 0.05 && Number(row["p_holm_unpooled"]) > 0.05, $"{row["p_holm"]} {row["p_holm_unpooled"]}");
        Assert.Contains(
            $"- {address} on hard: the verdict depends on the pooled noise; p after Holm {row["p_holm"]}, "
            + $"by each student's own replicates alone {row["p_holm_unpooled"]}.\n",
            _table.Text("table.md"), StringComparison.Ordinal);
        Assert.Contains(
            $" points on hard (p {row["p_holm"]}; by its own replicates alone {row["p_holm_unpooled"]})",
            Assert.Single(_table.Text("table.md").Split('\n'), line => line.StartsWith($"- {address} is better than ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private double[,] Verdicts(string cell, int[] seeds)
    {
        double[,] verdicts = new double[60, seeds.Length];
        for (int r = 0; r < seeds.Length; r++)
        {
            int q = 0;
            foreach (Grade grade in _table.Grades(cell, "hard", seeds[r]).OrderBy(grade => grade.QuestionId, StringComparer.Ordinal))
            {
                verdicts[q++, r] = grade.Correct ? 1 : 0;
            }
        }

        return verdicts;
    }

    private Dictionary<string, string> Row(string cell) => Rows().Single(row => row["cell"] == cell && row["benchmark"] == "hard");

    private List<Dictionary<string, string>> Rows()
    {
        string[][] lines = [.. _table.Text("table.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        return [.. lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }
}
