using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Tests;

public sealed class ExperimentLoaderTests
{
    [Fact]
    public void Should_MergeKeyByKey_When_AProfileExtendsAnother()
    {
        using Workbench bench = new();
        bench.Write(
            "profiles/tiny.yaml", "extends: base.yaml\nname: tiny\nstudent: {hidden_size: 128}\nsft:\n  epochs: {200: 9}\nsizes: [200]\nmethods:\n  Topics:\n");

        Profile profile = bench.Load().Profile;

        Assert.Equal(128, profile.Student!["hidden_size"]!.GetValue<int>());
        Assert.Equal(160, profile.Student!["intermediate_size"]!.GetValue<int>());
        Assert.Equal([(50, 4), (200, 9)], profile.SftEpochs.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal([200], profile.Sizes);
        Assert.Equal(["Random", "SemanticEmbeddings", "VerbosityLow", "ModelsDisagree", "Topics"], profile.Methods.Select(method => method.Name));
        Assert.Equal("tiny", profile.Seed);
    }

    [Fact]
    public void Should_TakeTheNearerFile_When_ThreeProfilesExtendEachOther()
    {
        using Workbench bench = new();
        bench.Write("profiles/middle.yaml", "extends: base.yaml\nname: middle\nreplicates: [7]\nsizes: [50]\n");
        bench.Write("profiles/tiny.yaml", "extends: middle.yaml\nname: tiny\nsizes: [200]\n");

        Profile profile = bench.Load().Profile;

        Assert.Equal([7], profile.Replicates);
        Assert.Equal([200], profile.Sizes);
        Assert.Equal(1000, profile.Data.Count);
    }

    [Fact]
    public void Should_ResolveAnchors_When_AValueIsAnAlias()
    {
        using Workbench bench = new();
        bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\nsizes: &one [1]\nreplicates: *one\nsft:\n  epochs: {1: 3}\n");

        Profile profile = bench.Load().Profile;

        Assert.Equal([1], profile.Sizes);
        Assert.Equal([1], profile.Replicates);
    }

    [Fact]
    public void Should_ReadTheSame_When_TheFileHasAByteOrderMarkAndCarriageReturns()
    {
        using Workbench bench = new();
        Profile plain = bench.Load().Profile;
        bench.Write("profiles/tiny.yaml", "\uFEFFextends: base.yaml\r\nname: tiny\r\n");
        bench.Write("prompts/think.txt", "think carefully .\r\n{question}\r\n{options}\r\n");

        Profile windows = bench.Load().Profile;

        Assert.Equal(plain.Prompts["think"], windows.Prompts["think"]);
        Assert.Equal("think carefully .\n{question}\n{options}", windows.Prompts["think"]);
    }

    [Fact]
    public void Should_KeepTheSettingsOfEachRow_When_TwoRowsHaveOneMethod()
    {
        using Workbench bench = new();
        bench.Write("profiles/tiny.yaml", "extends: base.yaml\nname: tiny\nmethods:\n  VerbosityHigh: {method: Verbosity, min: 7, max: 10}\n");

        IReadOnlyList<MethodSettings> methods = bench.Load().Profile.Methods;

        Assert.Equal([(0, 3), (7, 10)], methods.Select(method => method.Options.Verbosity).OfType<VerbosityOptions>().Select(band => (band.Min, band.Max)));
    }

    [Fact]
    public void Should_NameTheNearestProfile_When_ThereIsNoneOfTheName()
    {
        using Workbench bench = new();

        UserError error = Assert.Single(bench.Fails("tinny").Errors);

        Assert.Equal("Did you mean 'tiny'?", error.Hint);
    }

    [Fact]
    public void Should_LeaveATableOut_When_ItIsForOtherProfiles()
    {
        using Workbench bench = new();
        bench.Change("tables/Ablation.yaml", "class: pinned\n", "class: pinned\nprofiles: [base]\nbenchmarks: [Nowhere]\n");

        Assert.Empty(bench.Load().Tables);
        Assert.Equal("experiments/tables/Ablation.yaml:7:14", Assert.Single(bench.Fails("base").Errors).Location);
    }

    [Fact]
    public void Should_ReportTheTablesToo_When_TheProfileIsBroken()
    {
        using Workbench bench = new();
        bench.Change("profiles/base.yaml", "count: 1000", "count: none");
        bench.Change("tables/Ablation.yaml", "title: A small table\n", "");
        bench.Change("tables/Ablation.yaml", "mix: System1", "mixes: System1");

        Assert.Equal(
            ["experiments/profiles/base.yaml:4:43", "experiments/tables/Ablation.yaml:1:1", "experiments/tables/Ablation.yaml:8:41"],
            bench.Fails().Errors.Select(error => error.Location));
    }

    [Theory]
    [InlineData("smoke", 100)]
    [InlineData("mini", 500)]
    [InlineData("mini-decorative", 500)]
    [InlineData("midi", 500)]
    [InlineData("midi-b", 500)]
    [InlineData("maxi", 5000)]
    public void Should_Load_When_TheExperimentsAreTheRepositorys(string name, int questions)
    {
        ExperimentSet experiments = ExperimentLoader.Load(Workbench.Repository, name);

        Assert.Equal(
            [
                "AnnotationNoise", "Calibration", "Controls", .. name == "smoke" ? ["DifficultyProxies"] : (string[])["DifficultyProxies", "DifficultyShift"],
                "Epochs", "LeftOutDomain",
                "MatchedMixes", "MatchedSteps", "MatchedTokens", "MoreMethods", "PositiveControls", "Strategies", "Sweep", "Table1", "Table4",
            ],
            experiments.Tables.Select(table => table.Name));
        Assert.Equal(WorldSource.Benchmarks.Keys, experiments.Profile.Benchmarks.Select(benchmark => benchmark.Name).Order(StringComparer.Ordinal));
        Assert.All(experiments.Profile.Benchmarks, benchmark => Assert.True(benchmark.Count >= questions));
        Assert.Equal(SelectionMethod.Names, experiments.Profile.Methods.Select(method => method.Options.Method).Distinct());
    }

    [Fact]
    public void Should_MeetTheWorldsPromises_When_TheProfileIsMini()
    {
        Profile mini = ExperimentLoader.Load(Workbench.Repository, "mini").Profile;

        Assert.True(mini.Data.Count >= 20_000);
        Assert.Equal([250, 1000], mini.Sizes);
        Assert.True(mini.Replicates.Count >= 3);
    }
}
