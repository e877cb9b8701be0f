using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Spread;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Reporting;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments;

/// <summary>Every stage by its name. The library that a stage's class lives in gives its code identity.</summary>
public static class StageCatalog
{
    private static readonly Dictionary<string, Func<IStage>> Stages = new(StringComparer.Ordinal)
    {
        ["cluster"] = () => new ClusterStage(),
        ["compose"] = () => new ComposeStage(),
        ["embed"] = () => new EmbedStage(),
        ["fine-tune"] = () => new FineTuneStage(),
        ["generate"] = () => new GenerateStage(),
        ["grade"] = () => new GradeStage(),
        [ImportCheckpointStage.Name] = () => new ImportCheckpointStage(),
        ["judge"] = () => new JudgeStage(),
        ["near-duplicates"] = () => new NearDuplicatesStage(),
        ["pretrain"] = () => new PretrainStage(),
        ["probe"] = () => new ProbeStage(),
        [ProtocolSpreadStage.Name] = () => new ProtocolSpreadStage(),
        ["prompts"] = () => new PromptsStage(),
        ["select"] = () => new SelectStage(),
        ["table"] = () => new TableStage(),
        ["world-annotate"] = () => new WorldAnnotateStage(),
        ["world-benchmark"] = () => new WorldBenchmarkStage(),
        ["world-card"] = () => new WorldCardStage(),
        ["world-corpus"] = () => new WorldCorpusStage(),
        ["world-pool"] = () => new WorldPoolStage(),
        ["world-solve"] = () => new WorldSolveStage(),
        ["world-teach"] = () => new WorldTeachStage(),
        ["world-tokenizer"] = () => new WorldTokenizerStage(),
    };

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Stages.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A new stage.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static IStage Create(string name) => Stages.TryGetValue(name, out Func<IStage>? create)
        ? create()
        : throw new UserErrorException($"There is no stage '{name}'.", null, NearestName.Hint(name, Names));

    /// <summary>The assembly that holds a stage, such as <c>NaturalThoughts.Selection</c>.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static string LibraryOf(string name) => Create(name).GetType().Assembly.GetName().Name!;
}
