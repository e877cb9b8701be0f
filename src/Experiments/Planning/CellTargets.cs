using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets of one cell and seed. The seed draws the selection, the order of training and the sampling.</summary>
internal static class CellTargets
{
    public static string Of(TableSettings table, CellSettings cell, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{table.Name}/{cell.Address}/seed{seed}");

    public static string Select(TableSettings table, CellSettings cell, int seed) => Of(table, cell, seed) + "/select";

    public static string Grade(TableSettings table, CellSettings cell, int seed, string benchmark) => $"{Of(table, cell, seed)}/grade/{benchmark}";

    public static void Add(TargetList targets, Profile profile, TableSettings table, CellSettings cell, int seed)
    {
        string at = Of(table, cell, seed);
        string draws = string.Create(CultureInfo.InvariantCulture, $"{profile.Seed}/{seed + cell.SeedOffset}");
        string checkpoint = SharedTargets.Base(profile);
        if (cell is { Method: { } method, Size: { } size, Mix: { } mix })
        {
            AddSelect(targets, at + "/select", method, size, draws, cell.PermuteAnnotations);
            AddCompose(targets, profile, at, mix, draws);
            checkpoint = at + "/fine-tune";
            targets.Add(
                checkpoint,
                "fine-tune",
                SharedTargets.Spoken(profile, new() { ["training"] = (profile.Sft with { Epochs = profile.SftEpochs[size] }).ToJson(), ["seed"] = draws }),
                ("checkpoint", SharedTargets.Base(profile), null),
                ("training", at + "/compose", "training.jsonl"));
        }

        foreach (BenchmarkSettings benchmark in table.Benchmarks)
        {
            string generate = $"{at}/generate/{benchmark.Name}";
            targets.Add(
                generate,
                "generate",
                SharedTargets.Spoken(profile, Generation(profile.Generation, draws)),
                ("checkpoint", checkpoint, null),
                ("prompts", SharedTargets.Prompts(cell.Mode, benchmark.Name), "prompts.jsonl"));
            targets.Add(
                Grade(table, cell, seed, benchmark.Name),
                "grade",
                new() { ["protocol"] = GradingProtocol.StrictAnswerLine },
                ("questions", SharedTargets.Benchmark(benchmark.Name), "questions.jsonl"),
                ("answers", generate, "answers.jsonl"));
        }
    }

    private static void AddSelect(TargetList targets, string address, MethodSettings method, int size, string seed, bool permute)
    {
        SelectOptions options = method.Options with { Size = size, Seed = seed, PermuteAnnotations = permute };
        List<(string, string, string?)> inputs =
        [
            ("questions", SharedTargets.Pool, "questions.jsonl"),
            ("traces", SharedTargets.Teach, "traces.jsonl"),
            ("annotations", SharedTargets.Annotate, "annotations.jsonl"),
        ];
        foreach (string role in SelectStage.Needs(options))
        {
            inputs.Add(role switch
            {
                "clusters" => (role, SharedTargets.Cluster, "clusters.jsonl"),
                "judgements" => (role, SharedTargets.Judge, "judgements.jsonl"),
                _ => throw new InvalidOperationException($"Nothing makes the input '{role}' of a selection."),
            });
        }

        targets.Add(address, "select", SelectParameters.Of(options), inputs);
    }

    private static void AddCompose(TargetList targets, Profile profile, string at, string mix, string seed)
    {
        List<(string, string, string?)> inputs =
        [
            ("selection", at + "/select", "selection.jsonl"),
            ("questions", SharedTargets.Pool, "questions.jsonl"),
            ("traces", SharedTargets.Teach, "traces.jsonl"),
        ];
        if (Mix.Parse(mix).NeedsJudgements)
        {
            inputs.Add(("judgements", SharedTargets.Judge, "judgements.jsonl"));
        }

        targets.Add(
            at + "/compose",
            "compose",
            new() { ["mix"] = mix, ["seed"] = seed, ["think"] = profile.Prompts["think"], ["direct"] = profile.Prompts["direct"] },
            inputs);
    }

    private static JsonObject Generation(GenerationSettings generation, string seed) => SharedTargets.WithPrecision(generation.Precision, new()
    {
        ["temperature"] = generation.Temperature,
        ["topP"] = generation.TopP,
        ["maxNewTokens"] = generation.MaxNewTokens,
        ["batch"] = generation.Batch,
        ["seed"] = seed,
    });
}
