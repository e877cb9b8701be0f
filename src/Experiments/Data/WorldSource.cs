using System.Text.Json.Nodes;
using NaturalThoughts.MiniWorld;

namespace NaturalThoughts.Experiments.Data;

/// <summary>The embedded world as a source of each kind of record.</summary>
internal static class WorldSource
{
    /// <summary>The word for it in YAML, and the first part of its addresses.</summary>
    public const string Name = "world";

    /// <summary>Levels of difficulty that the world has.</summary>
    public const int Levels = 6;

    /// <summary>The second model: a bounded reader of the text.</summary>
    public static RecordSource Second { get; } = Of("solve", WorldSolveStage.Output, WorldSolveStage.Name, []);

    /// <summary>Annotations, read off question and trace.</summary>
    public static RecordSource Annotator { get; } = Of("annotate", WorldAnnotateStage.Output, WorldAnnotateStage.Name, []);

    /// <summary>The world's benchmarks, their numbers of options and easiest levels, after GPQA-Diamond, MATH-500, MMLU-Pro and SuperGPQA.</summary>
    public static IReadOnlyDictionary<string, (int Options, int FirstLevel)> Benchmarks { get; } =
        new SortedDictionary<string, (int Options, int FirstLevel)>(StringComparer.Ordinal)
        {
            ["Hard"] = (4, 4),
            ["Free"] = (0, 2),
            ["Broad"] = (10, 1),
            ["Transfer"] = (10, 1),
        };

    /// <summary>A pool of questions up to a level; null for all levels.</summary>
    public static RecordSource Questions(string seed, int count, int? levels) => Of(
        "pool",
        WorldPoolStage.Output,
        WorldPoolStage.Name,
        StageParameters.Given(new WorldPoolOptions { Seed = seed, Count = count, Levels = levels ?? Levels }));

    /// <summary>What strategies can be: functional, the default, or decorative.</summary>
    public static IReadOnlyList<string> Strategies { get; } = [WorldTeachStage.Functional, WorldTeachStage.Decorative];

    /// <summary>The teacher of the world's questions; <paramref name="strategies"/> is one of <see cref="Strategies"/>, null for the default.</summary>
    public static RecordSource Teacher(string seed, string? strategies) => Of(
        "teach",
        WorldTeachStage.Output,
        WorldTeachStage.Name,
        StageParameters.Given(new WorldTeachOptions { Seed = seed, Strategies = strategies ?? WorldTeachStage.Functional }));

    /// <summary>A held-out benchmark, one of <see cref="Benchmarks"/>.</summary>
    public static RecordSource Benchmark(string name, string seed, int count, int? levels) => Of(
        "benchmark/" + name,
        WorldBenchmarkStage.Output,
        WorldBenchmarkStage.Name,
        StageParameters.Given(new WorldBenchmarkOptions { Seed = seed, Benchmark = name, Count = count, Levels = levels ?? Levels }));

    /// <summary>What a student is pre-trained on.</summary>
    public static RecordSource Corpus(string seed, int count, int? levels, IReadOnlyDictionary<string, string> prompts) => Of(
        "corpus",
        WorldCorpusStage.Output,
        WorldCorpusStage.Name,
        StageParameters.Given(new WorldCorpusOptions
        {
            Seed = seed,
            Count = count,
            Levels = levels ?? Levels,
            Think = Prompt(prompts, ModeSettings.Think),
            Direct = Prompt(prompts, ModeSettings.Direct),
        }));

    /// <summary>The tokenizer of the world's words and of the prompts'.</summary>
    public static RecordSource Tokenizer(string seed, IReadOnlyDictionary<string, string> prompts) => Of(
        "tokenizer",
        null,
        WorldTokenizerStage.Name,
        StageParameters.Of(new WorldTokenizerOptions
        {
            Seed = seed,
            Think = Prompt(prompts, ModeSettings.Think),
            Direct = Prompt(prompts, ModeSettings.Direct),
            Instructions = [.. prompts.Where(prompt => prompt.Key is not (ModeSettings.Think or ModeSettings.Direct)).Select(prompt => prompt.Value)],
        }));

    private static RecordSource Of(string address, string? file, string stage, JsonObject parameters) =>
        new(new Output($"{Name}/{address}", file), stage, parameters);

    // A prompt that is missing was reported, and nothing is planned.
    private static string Prompt(IReadOnlyDictionary<string, string> prompts, string mode) => prompts.GetValueOrDefault(mode, "");
}
