using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Replicates of baselines, families and calibrations in YAML.</summary>
public sealed class UnbalancedDesignTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_GiveBaselinesTheirReplicates_When_TheProfileHasThem()
    {
        _bench.Change("profiles/base.yaml", "replicates: [1, 2]\n", "replicates: [1, 2]\nbaselineReplicates: [1, 2, 3, 4]\n");
        _bench.Change("tables/Ablation.yaml", "mix: System1}", "mix: System1, baseline: base}");

        // Random with traces is what the other methods are compared with, the base what answers alone are; these are compared, and so no baseline.
        Assert.Equal(["Random/200/System2", "Random/50/System2", "base"], With(4).Order(StringComparer.Ordinal));
        Assert.Contains("Random/200/System1", With(2));
        Assert.Contains("ModelsDisagree/50/System2", With(2));
        TargetGraph graph = _bench.Plan().Graph;
        Assert.True(graph.Contains("Ablation/Random/50/System2/seed4/fine-tune"));
        Assert.False(graph.Contains("Ablation/ModelsDisagree/50/System2/seed3/fine-tune"));
    }

    [Theory]
    [InlineData("replicates: [7]\n", 1)]
    [InlineData("replicates: [7]\nbaselineReplicates: [7, 8, 9]\n", 3)]
    [InlineData("baselineReplicates: [7, 8, 9, 10, 11]\n", 5)]
    [InlineData("baselineReplicates:\n", 4)]
    public void Should_TakeTheTablesOwn_When_ItHasSome(string keys, int expected)
    {
        _bench.Change("profiles/base.yaml", "replicates: [1, 2]\n", "replicates: [1, 2]\nbaselineReplicates: [1, 2, 3, 4]\n");
        _bench.Change("tables/Ablation.yaml", "rows:\n", keys + "rows:\n");

        Assert.Contains("Random/50/System2", With(expected));
    }

    [Fact]
    public void Should_HaveNoneOfTheirOwn_When_AProfileTakesThemAway()
    {
        _bench.Change("profiles/base.yaml", "replicates: [1, 2]\n", "replicates: [1, 2]\nbaselineReplicates: [1, 2, 3, 4]\n");
        _bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\nbaselineReplicates:\n");

        Assert.Empty(With(4));
        Assert.Contains("Random/50/System2", With(2));
    }

    [Fact]
    public void Should_CountThemInTheBudget_When_TheyAreMany()
    {
        _bench.Change("profiles/base.yaml", "generationTokens: 1000000", "generationTokens: 420");

        // 10 cells in 2 replicates answer 20 questions: 400. Two more replicates of Random at both sizes add 80.
        _bench.Load();
        _bench.Change("profiles/base.yaml", "replicates: [1, 2]\n", "replicates: [1, 2]\nbaselineReplicates: [1, 2, 3, 4]\n");
        Assert.Contains("asks for 480 answers", Assert.Single(_bench.Fails().Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TellTheTable_When_ARowIsACalibrationAndAFamilyIsNamed()
    {
        _bench.Change("tables/Ablation.yaml", "rows:\n", "family: {name: all methods, over: sizes}\nrows:\n");
        _bench.Change("tables/Ablation.yaml", "mix: System1}", "mix: System1, baseline: base, calibration: true}");
        Target table = _bench.Plan().Graph["Ablation/table"];

        Assert.Equal("all methods", (string?)table.Parameters["family"]);
        Assert.True((bool)table.Parameters["familyOverSizes"]!);
        Dictionary<string, System.Text.Json.Nodes.JsonNode> cells = table.Parameters["cells"]!.AsArray()
            .ToDictionary(cell => (string)cell!["address"]!, cell => cell!);
        Assert.True((bool)cells["Random/200/System1"]["calibration"]!);
        Assert.Null(cells["Random/200/System2"]["calibration"]);
        Assert.Equal(("200 direct", "200 think"), ((string?)cells["Random/200/System1"]["pool"], (string?)cells["Random/200/System2"]["pool"]));
        Assert.Null(cells["base"]["pool"]);
    }

    [Theory]
    [InlineData("family: all\n", "'family' must be a map")]
    [InlineData("family: {over: sizes}\n", "'name'")]
    [InlineData("family: {name: all, over: mixes}\n", "mixes")]
    [InlineData("baselineReplicates: 4\n", "'baselineReplicates' must be a list of integers")]
    [InlineData("baselineReplicates: [1, 1]\n", "twice")]
    public void Should_SayWhatIsWrong_When_AKeyIsNotUnderstood(string keys, string part)
    {
        _bench.Change("tables/Ablation.yaml", "rows:\n", keys + "rows:\n");

        UserError error = Assert.Single(_bench.Fails().Errors);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("experiments/tables/Ablation.yaml:6:", error.Location, StringComparison.Ordinal);
    }

    private string[] With(int replicates)
    {
        TableSettings table = _bench.Load().Tables.Single(table => table.Name == "Ablation");
        return [.. table.Cells.Where(cell => (cell.Replicates ?? table.Replicates).Count == replicates).Select(cell => cell.Address)];
    }
}
