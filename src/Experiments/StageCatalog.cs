using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Agreement;
using NaturalThoughts.Reporting.DifficultyProxies;
using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Reporting.Protocols;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Prompting;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Recorded;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments;

/// <summary>Every stage by the name that it gives itself. The library that a stage's class lives in gives its code identity.</summary>
public static class StageCatalog
{
    private static readonly Dictionary<string, Func<IStage>> Stages = new Func<IStage>[]
    {
        () => new AgreementStage(),
        () => new AnnotateStage(),
        () => new AnswerStage(),
        () => new CleanStage(),
        () => new CloseThinkingStage(),
        () => new ClusterStage(),
        () => new CommonQuestionsStage(),
        () => new ComposeStage(),
        () => new EmbedModelStage(),
        () => new EmbedStage(),
        () => new ExampleLengthsStage(),
        () => new FewShotPromptsStage(),
        () => new FindingsStage(),
        () => new FineTuneStage(),
        () => new GenerateStage(),
        () => new GradeStage(),
        () => new GradeTracesStage(),
        () => new ImportAnnotationsStage(),
        () => new ImportAnswersStage(),
        () => new ImportCheckpointStage(),
        () => new ImportJudgementsStage(),
        () => new ImportQuestionsStage(),
        () => new ImportTracesStage(),
        () => new JoinShardsStage(),
        () => new JudgeModelStage(),
        () => new JudgeStage(),
        () => new KeepQuestionsStage(),
        () => new MeasureStage(),
        () => new MergeStrategiesStage(),
        () => new NaturalReasoningStage(),
        () => new NearDuplicatesStage(),
        () => new NearestStage(),
        () => new PretrainStage(),
        () => new ProbeStage(),
        () => new ProtocolSpreadStage(),
        () => new ProtocolsStage(),
        () => new ProxiesStage(),
        () => new PromptsStage(),
        () => new SelectStage(),
        () => new ShuffleOptionsStage(),
        () => new SignalsStage(),
        () => new TableStage(),
        () => new TeachStage(),
        () => new WorldAnnotateStage(),
        () => new WorldBenchmarkStage(),
        () => new WorldCardStage(),
        () => new WorldCorpusStage(),
        () => new WorldPoolStage(),
        () => new WorldSolveStage(),
        () => new WorldTeachStage(),
        () => new WorldTokenizerStage(),
    }.ToDictionary(create => create().Description.Name, StringComparer.Ordinal);

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Stages.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes the stage of a name.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static IStage Create(string name) => Stages.TryGetValue(name, out Func<IStage>? create)
        ? create()
        : throw new UserErrorException($"There is no stage '{name}'.", null, NearestName.Hint(name, Names));

    /// <summary>The assembly that holds a stage, such as <c>NaturalThoughts.Selection</c>.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static string LibraryOf(string name) => Create(name).GetType().Assembly.GetName().Name!;
}
