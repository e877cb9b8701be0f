using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.DeclaredFindings;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Findings: what is read, what is planned, and what is wrong with a file.</summary>
public sealed class FindingsTests
{
    private const string Valid = """
        title: Findings of tests
        description: Two of them.
        class: pinned
        endpoints:
          Both: [Hard, Free]
          Off: {Hard: 1, Free: -1}
        controls:
          - {id: more, statement: More is more., contrast: {Ablation/Random/largest/System2: 1, Ablation/Random/smallest/System2: -1}, endpoint: Both, direction: greater, smallest: 2, seen: "no"}
        findings:
          - id: direct
            statement: Direct answers are short.
            contrast: {Ablation/Random/largest/System1: 1, Ablation/Random/largest/System2: -1}
            as: ratio
            measure: tokens
            endpoint: Hard
            direction: less
            smallest: 0.5
            levels: {plus: [1, 2], minus: ["3"]}
            seeds: [2]
            seen: yes, Table1

        """;

    private static readonly string Best = Valid
        .Replace(
            "contrast: {Ablation/Random/largest/System1: 1, Ablation/Random/largest/System2: -1}",
            "contrast: {best: 1, Ablation/Random/largest/System1: -1}\n"
            + "    best: {of: [Ablation/Random/largest/System2, Ablation/Random/smallest/System2], seeds: [1]}", StringComparison.Ordinal)
        .Replace("    as: ratio\n", "", StringComparison.Ordinal)
        .Replace("    levels: {plus: [1, 2], minus: [\"3\"]}\n    seeds: [2]\n", "", StringComparison.Ordinal);

    [Fact]
    public void Should_PlanOneTargetOnTheGradesOfTables_When_FindingsAreDeclared()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid);

        ExperimentSet set = bench.Load();
        ExperimentPlan plan = Planner.Plan(set, "portable/probe");

        FindingsSettings findings = set.Findings!;
        Assert.Equal(["more", "direct"], findings.Findings.Select(finding => finding.Id));
        Assert.Equal(("controls", "primary"), (findings.Findings[0].Family, findings.Findings[1].Family));
        Assert.Equal((1.0, 0.0), (findings.Findings[1].Reference, findings.Findings[0].Reference));
        Assert.Equal([("Hard", 0.5), ("Free", 0.5)], findings.Findings[0].Strata.Select(stratum => (stratum.Benchmark, stratum.Weight)));
        Assert.Equal(["Ablation", "Findings"], plan.Tables.Select(table => table.Name));
        Target target = plan.Graph["Findings/table"];
        Assert.Equal(FindingsStage.Name, target.StageName);
        Assert.Equal("Ablation/Random/200/System1/seed2/grade/Hard:grades.jsonl", target.Inputs["grades/Ablation/Random/200/System1/Hard/seed2"].ToString());
        Assert.Equal("world/benchmark/Free:questions.jsonl", target.Inputs["questions/Ablation/Random/200/System2/Free/seed1"].ToString());
        FindingsOptions options = StageParameters.Read<FindingsOptions>(target.Parameters);
        Assert.Equal(["Ablation/Random/200/System2", "Ablation/Random/50/System2", "Ablation/Random/200/System1"], options.Cells.Select(cell => cell.Address));
        Assert.Equal(findings.Declaration.Hex, options.Declaration);
        Assert.Equal(3, options.Students.Values.Distinct().Count());
    }

    [Fact]
    public void Should_KnowTheSameStudents_When_OneIsAskedInTwoModes()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid.Replace("Random/largest/System1: 1", "Random/largest/System2-direct: 1", StringComparison.Ordinal));
        bench.Change("tables/Ablation.yaml", "mix: System1}", "mode: direct, mix: System2}");

        Target target = bench.Plan().Graph["Findings/table"];

        Assert.Equal(
            (string?)target.Parameters["students"]!["Ablation/Random/200/System2"],
            (string?)target.Parameters["students"]!["Ablation/Random/200/System2-direct"]);
        Assert.NotEqual(
            (string?)target.Parameters["students"]!["Ablation/Random/200/System2"], (string?)target.Parameters["students"]!["Ablation/Random/50/System2"]);
    }

    [Fact]
    public void Should_TakeTheProfilesOwnFile_When_ThereIsOne()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid);
        bench.Write("findings.tiny.yaml", Valid.Replace("Findings of tests", "Of tiny", StringComparison.Ordinal));

        Assert.Equal("Of tiny", bench.Load().Findings!.Title);
        Assert.Equal("Findings of tests", bench.Load("base").Findings!.Title);
        bench.Write("findings.yaml", "profiles: [tiny]\n" + Valid);
        Assert.Null(bench.Load("base").Findings);
    }

    [Fact]
    public void Should_NeedEveryCandidate_When_TheBestIsTaken()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Best);

        ExperimentSet set = bench.Load();
        Target target = Planner.Plan(set, "portable/probe").Graph["Findings/table"];

        Finding finding = set.Findings!.Findings[1];
        Assert.Equal(["best", "Ablation/Random/200/System1"], finding.Terms.Select(term => term.Cell));
        Assert.Equal(["Ablation/Random/200/System2", "Ablation/Random/50/System2"], finding.Best!.Of);
        Assert.True(target.Inputs.ContainsKey("grades/Ablation/Random/50/System2/Hard/seed2"));
        Assert.Equal(finding.Best.Of, StageParameters.Read<FindingsOptions>(target.Parameters).Findings[1].Best!.Of);
    }

    [Theory]
    [InlineData(
        "seeds: [1]}", "seeds: [1, 3]}", "'Ablation/Random/200/System2' cannot be chosen on seeds that it does not have: 3.", "It has 1, 2.")]
    [InlineData("seeds: [1]}", "seeds: [1, 2]}", "'Ablation/Random/200/System1' has no seeds left to be tested on.", "It has 1, 2.")]
    [InlineData("seeds: [1]}", "seeds: [1]}\n    seeds: [5]", "'Ablation/Random/200/System2' has none of these seeds.", "It has 1, 2.")]
    [InlineData("best: {of:", "beast: {of:",
        "The contrast has the term 'best', but nothing says what it is the best of.", "Add best: {of: [CELL, ...], seeds: [...]}.")]
    [InlineData("Ablation/Random/smallest/System2]", "Ablation/Random/200/System2]",
        "The cell 'Ablation/Random/200/System2' appears twice among those to choose from.", "Leave it out once.")]
    [InlineData(
        ", Ablation/Random/smallest/System2]", "]", "The best of one cell is no choice.", "Name the cell in 'contrast' in place of 'best'.")]
    [InlineData("Random/smallest/System2]", "Rondom/smallest/System2]",
        "The table 'Ablation' has no cell 'Rondom/50/System2' in the profile 'tiny'.", "Did you mean 'Random/50/System2'?")]
    [InlineData("{best: 1, ", "{", "'best' is chosen, but the contrast has no such term.", "Write 'best: 1' into it.")]
    [InlineData("[Ablation/Random/largest/System2,", "[Ablation/Random/largest/System1,",
        "The cell 'Ablation/Random/200/System1' appears twice in the contrast.", "Add its weights up.")]
    [InlineData("measure: tokens", "as: chord",
        "A chord has three cells: the one that is looked at with weight 1, then the two ends of the line with weight -1 each.", null)]
    [InlineData("endpoint: Hard", "endpoint: Hard\n    as: chord\n    levels: {plus: [1], minus: [2]}",
        "A chord cannot be the difference between levels.", "Leave 'levels' out.")]
    [InlineData("endpoint: Hard", "endpoint: Off\n    as: chord",
        "A chord cannot be the difference between benchmarks.", "Choose an endpoint without negative weights.")]
    [InlineData("endpoint: Hard", "endpoint: Hard\n    as: chord", "A chord is a line over tokens, and cannot be made of them.", "Choose another measure.")]
    public void Should_SayWhatIsWrong_When_AChoiceOrAChordIsBroken(string from, string to, string message, string? hint)
    {
        using Workbench bench = new();
        Assert.Contains(from, Best, StringComparison.Ordinal);
        bench.Write("findings.yaml", Best.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(bench.Fails().Errors, one => one.Message == message && (hint is null || one.Hint == hint));
    }

    [Theory]
    [InlineData(
        "Random/smallest/System2: -1", "Rondom/smallest/System2: -1", "The table 'Ablation' has no cell 'Rondom/50/System2' in the profile 'tiny'.",
        "Did you mean 'Random/50/System2'?")]
    [InlineData(
        "Ablation/Random/smallest", "Abbation/Random/smallest", "The profile 'tiny' has no table with the cell 'Abbation/Random/50/System2'.",
        "Did you mean 'Ablation'?")]
    [InlineData("endpoint: Both", "endpoint: Bote", "There is no endpoint 'Bote'.", "Did you mean 'Both'?")]
    [InlineData("Both: [Hard, Free]", "Both: [Hard, Fre]", "There is no benchmark 'Fre'.", "Did you mean 'Free'?")]
    [InlineData("Both: [Hard, Free]", "Hard: [Hard, Free]", "'Hard' is a benchmark, which is an endpoint by itself.", null)]
    [InlineData("Off: {Hard: 1, Free: -1}", "Off: {Hard: 1, Free: 0}", "The weight of 'Free' is 0.", null)]
    [InlineData("direction: less", "direction: lower", "'direction' cannot be 'lower'.", null)]
    [InlineData("smallest: 0.5", "smallest: 0", "'smallest' is 0, which is out of range.", null)]
    [InlineData("id: direct", "id: more", "There are two findings 'more', the other one at experiments/findings.yaml:8:10.", null)]
    [InlineData("id: direct", "id: \"a/b\"", "A finding cannot be called 'a/b'.", null)]
    [InlineData(
        "largest/System2: -1}\n    as: ratio", "largest/System2: -2}\n    as: ratio",
        "A ratio has two cells: the numerator with weight 1, then the denominator with weight -1.", null)]
    [InlineData("seeds: [2]", "seeds: [7]", "'Ablation/Random/200/System1' has none of these seeds.", "It has 1, 2.")]
    [InlineData("seeds: [2]", "family: controls", "The family 'controls' is that of positive controls.", null)]
    [InlineData("minus: [\"3\"]", "minus: [\"2\"]", "The level '2' is on both sides.", null)]
    [InlineData("seen: yes, Table1", "paper: none", "The key 'seen' is missing in a finding.", null)]
    [InlineData("measure: tokens", "measures: tokens", "There is no key 'measures' in a finding.", "Did you mean 'measure'?")]
    [InlineData("class: pinned", "class: pinned\ncorrection: fdr", "'correction' cannot be 'fdr'.", null)]
    public void Should_SayWhatIsWrongAndWhere_When_AFindingIsBroken(string from, string to, string message, string? hint)
    {
        using Workbench bench = new();
        Assert.Contains(from, Valid, StringComparison.Ordinal);
        bench.Write("findings.yaml", Valid.Replace(from, to, StringComparison.Ordinal));

        UserErrorException error = bench.Fails();

        Assert.Contains(
            error.Errors,
            one => one.Message == message && one.Location!.StartsWith("experiments/findings.yaml:", StringComparison.Ordinal)
                && (hint is null ? one.Hint is not null : one.Hint == hint));
    }

    [Fact]
    public void Should_SayWhichTable_When_ItLacksABenchmarkOfTheEndpoint()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid);
        bench.Change("tables/Ablation.yaml", "class: pinned", "class: pinned\nbenchmarks: [Hard]");

        UserErrorException error = bench.Fails();

        Assert.Contains(
            error.Errors, one => one.Message == "The table 'Ablation' of 'Ablation/Random/200/System2' has no benchmark 'Free', which the endpoint has.");
        Assert.All(error.Errors, one => Assert.StartsWith("experiments/findings.yaml:8:", one.Location, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_BindWhatACellIsAskedFor_When_EndpointsDiffer()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid);

        Target target = bench.Plan().Graph["Findings/table"];

        Assert.True(target.Inputs.ContainsKey("grades/Ablation/Random/200/System2/Free/seed1"));
        Assert.False(target.Inputs.ContainsKey("grades/Ablation/Random/200/System1/Free/seed1"));
    }

    [Fact]
    public void Should_NameThePlace_When_ACellIsUnknown()
    {
        using Workbench bench = new();
        bench.Write("findings.yaml", Valid.Replace("Random/smallest/System2: -1", "Nobody/smallest/System2: -1", StringComparison.Ordinal));

        Assert.Equal("experiments/findings.yaml:8:89", Assert.Single(bench.Fails().Errors).Location);
    }

    [Fact]
    public void Should_SayWhichProfile_When_AFileIsOfNone()
    {
        using Workbench bench = new();
        bench.Write("findings.tony.yaml", Valid);

        UserError error = Assert.Single(bench.Fails().Errors);

        Assert.Equal(("There is no profile 'tony' for these findings.", "Did you mean 'tiny'?"), (error.Message, error.Hint));
    }

    [Fact]
    public void Should_NotTakeTheNameOfTheFindings_When_ATableIsNamed()
    {
        using Workbench bench = new();
        bench.Write(
            "tables/Findings.yaml",
            File.ReadAllText(Path.Combine(bench.Root, "experiments/tables/Ablation.yaml"))
                .Replace("name: Ablation", "name: Findings", StringComparison.Ordinal));

        Assert.Contains(bench.Fails().Errors, error => error.Message == "The table cannot be called 'Findings': that is a word of the command line.");
    }
}
