using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The world, the base student, and the prompts: what cells share.</summary>
internal static class SharedTargets
{
    public const string Pool = "world/pool";
    public const string Teach = "world/teach";
    public const string Solve = "world/solve";
    public const string Annotate = "world/annotate";
    public const string Judge = "world/judge";
    public const string Corpus = "world/corpus";
    public const string Tokenizer = "world/tokenizer";
    public const string Card = "world/card";
    public const string Pretrain = "base/pretrain";
    public const string Import = "base/import";
    public const string Embed = "base/embed";
    public const string Cluster = "base/cluster";

    public static string Benchmark(string name) => "world/benchmark/" + name;

    public static string Prompts(string mode, string benchmark) => $"prompts/{mode}/{benchmark}";

    /// <summary>The target that makes the base student.</summary>
    public static string Base(Profile profile) => profile.Checkpoint is null ? Pretrain : Import;

    /// <param name="targets">Where the targets go.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="digestOf">Path of a file outside of the store to its digest.</param>
    public static void Add(TargetList targets, Profile profile, Func<string, ContentHash> digestOf)
    {
        AddWorld(targets, profile);
        AddBase(targets, profile, digestOf);
        foreach ((string mode, string template) in profile.Prompts)
        {
            foreach (BenchmarkSettings benchmark in profile.World.Benchmarks)
            {
                targets.Add(Prompts(mode, benchmark.Name), "prompts", new() { ["template"] = template }, ("questions", Benchmark(benchmark.Name), "questions.jsonl"));
            }
        }
    }

    private static void AddWorld(TargetList targets, Profile profile)
    {
        WorldSettings world = profile.World;
        (string, string, string?) questions = ("questions", Pool, "questions.jsonl");
        (string, string, string?) traces = ("traces", Teach, "traces.jsonl");
        (string, string, string?) answers = ("answers", Solve, "answers.jsonl");
        targets.Add(Pool, "world-pool", UpTo(world.HardestLevel, new() { ["seed"] = world.Seed, ["count"] = world.Pool }));
        targets.Add(Teach, "world-teach", new() { ["seed"] = world.Seed }, questions);
        targets.Add(Solve, "world-solve", [], questions);
        targets.Add(Annotate, "world-annotate", [], questions, traces);
        targets.Add(Judge, "judge", [], questions, traces, answers);
        if (profile.Checkpoint is null)
        {
            AddCorpus(targets, profile);
        }

        foreach (BenchmarkSettings benchmark in world.Benchmarks)
        {
            targets.Add(
                Benchmark(benchmark.Name),
                "world-benchmark",
                UpTo(benchmark.Levels, new() { ["seed"] = world.Seed, ["benchmark"] = benchmark.Name, ["count"] = benchmark.Count }));
            targets.Add(
                "world/near-duplicates/" + benchmark.Name,
                "near-duplicates",
                [],
                ("pool", Pool, "questions.jsonl"),
                ("questions", Benchmark(benchmark.Name), "questions.jsonl"));
        }

        targets.Add(
            Card,
            "world-card",
            new() { ["title"] = "The embedded world", ["notes"] = new JsonArray() },
            questions,
            traces,
            answers,
            ("annotations", Annotate, "annotations.jsonl"),
            ("judgements", Judge, "judgements.jsonl"));
    }

    private static void AddBase(TargetList targets, Profile profile, Func<string, ContentHash> digestOf)
    {
        if (profile.Checkpoint is { } folder)
        {
            JsonObject files = [];
            foreach (string name in CheckpointFolder.Files(folder))
            {
                files[name] = digestOf(Path.Combine(folder, name)).Hex;
            }

            JsonObject parameters = new() { ["files"] = files };
            if (profile.ChatTemplate is { } template)
            {
                files.Remove(CheckpointFolder.ChatTemplate);
                parameters["chatTemplate"] = template;
            }

            targets.AddImport(Import, ImportCheckpointStage.Name, parameters, ImportCheckpointStage.Source, folder);
        }
        else
        {
            targets.Add(
                Pretrain,
                "pretrain",
                new() { ["student"] = profile.Student!.DeepClone(), ["training"] = profile.Pretraining!.ToJson(), ["seed"] = profile.Seed + "/base" },
                ("corpus", Corpus, "corpus.jsonl"),
                ("tokenizer", Tokenizer, null));
        }

        targets.Add(
            Embed,
            "embed",
            WithPrecision(profile.EmbeddingPrecision, Spoken(profile, new() { ["batchTokens"] = profile.EmbeddingBatchTokens })),
            ("checkpoint", Base(profile), null),
            ("questions", Pool, "questions.jsonl"));
        ClusterOptions clustering = profile.Clustering;
        JsonObject cluster = new() { ["minClusterSize"] = clustering.MinClusterSize, ["method"] = clustering.Method };
        if (clustering.MinSamples is { } samples)
        {
            cluster["minSamples"] = samples;
        }

        targets.Add(Cluster, "cluster", cluster, ("embeddings", Embed, "embeddings.jsonl"));
    }

    /// <summary>The parameters of a stage that encodes texts; special tokens are named only where they are no plain text.</summary>
    public static JsonObject Spoken(Profile profile, JsonObject parameters)
    {
        if (profile.ParsesSpecialTokens)
        {
            parameters["specialTokensInText"] = nameof(SpecialTokensInText.Parsed);
        }

        return parameters;
    }

    private static void AddCorpus(TargetList targets, Profile profile)
    {
        WorldSettings world = profile.World;
        targets.Add(Corpus, "world-corpus", WithPrompts(profile, UpTo(world.HardestLevel, new() { ["seed"] = world.Seed, ["count"] = world.Corpus })));
        JsonObject tokenizer = WithPrompts(profile, new() { ["seed"] = world.Seed });
        tokenizer["instructions"] = new JsonArray([.. profile.Prompts.Where(prompt => prompt.Key is not ("think" or "direct")).Select(prompt => (JsonNode)prompt.Value)]);
        targets.Add(Tokenizer, "world-tokenizer", tokenizer);
    }

    /// <summary>The parameters with a precision, where the profile gives one.</summary>
    internal static JsonObject WithPrecision(string? precision, JsonObject parameters)
    {
        if (precision is not null)
        {
            parameters["precision"] = precision;
        }

        return parameters;
    }

    private static JsonObject UpTo(int? levels, JsonObject parameters)
    {
        if (levels is { } level)
        {
            parameters["levels"] = level;
        }

        return parameters;
    }

    private static JsonObject WithPrompts(Profile profile, JsonObject parameters)
    {
        parameters["think"] = profile.Prompts["think"];
        parameters["direct"] = profile.Prompts["direct"];
        return parameters;
    }
}
