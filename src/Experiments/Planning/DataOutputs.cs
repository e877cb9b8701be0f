using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Reporting.Agreement;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The records that students are trained on, by the roles in which stages read them.</summary>
internal sealed class DataOutputs
{
    /// <summary>The table of how far two annotators agree; no cell needs it.</summary>
    private static readonly Output Agreement = new("data/annotator-agreement", AgreementStage.Markdown);

    private readonly Dictionary<string, Output> _byRole = new(StringComparer.Ordinal);

    public Output Questions => _byRole[Roles.Questions];

    public Output Traces => _byRole[Roles.Traces];

    /// <summary>The output that stages read in a role; null where nothing makes it.</summary>
    public Output? Find(string role) => _byRole.TryGetValue(role, out Output output) ? output : null;

    /// <summary>Adds the targets, each after those that it reads.</summary>
    public static DataOutputs Add(TargetList targets, DataSettings data, BenchmarkTargets benchmarks)
    {
        DataOutputs outputs = new();
        outputs._byRole.Add(Roles.Questions, AddQuestions(targets, data, benchmarks));
        foreach ((string role, RecordSource? source) in new[]
        {
            (Roles.Traces, data.Teacher),
            (JudgeStage.AnswersRole, data.Second),
            (Roles.Annotations, data.Annotator),
            (Roles.Judgements, data.Agreement),
        })
        {
            if (source is not null)
            {
                outputs._byRole.Add(role, targets.Add(source, outputs.Find));
            }
        }

        if (data.SecondAnnotator is { } other)
        {
            targets.Add(
                Agreement,
                AgreementStage.Name,
                StageParameters.Of(new AgreementOptions { First = NameOf(data.Annotator), Second = NameOf(other) }),
                (AgreementStage.FirstRole, outputs._byRole[Roles.Annotations]),
                (AgreementStage.SecondRole, targets.Add(other, outputs.Find)));
        }

        string[] joined = [Roles.Questions, Roles.Traces, Roles.Annotations];
        outputs._byRole.Add(
            Roles.Signals,
            targets.Add(new Output("data/signals", SignalsStage.Output), SignalsStage.Name, [], joined.Select(role => (role, outputs._byRole[role]))));
        return outputs;
    }

    // The model's name where there is one.
    private static string NameOf(RecordSource annotator) => (string?)annotator.Parameters["endpoint"]?["model"]
        ?? annotator.Made.Select(part => NameOf(part.Source)).FirstOrDefault()
        ?? (annotator.Outside is null ? WorldSource.Name : "recorded");

    private static Output AddQuestions(TargetList targets, DataSettings data, BenchmarkTargets benchmarks)
    {
        Output questions = targets.Add(data.Questions);
        return data.Clean is { } clean
            ? targets.Add(
                new Output("data/clean", CleanStage.Output),
                CleanStage.Name,
                clean.Parameters.DeepClone().AsObject(),
                clean.Benchmarks.Select(benchmark => (CleanStage.BenchmarkRole + benchmark.Name, benchmarks.Source(benchmark)))
                    .Prepend((Roles.Questions, questions)))
            : questions;
    }
}
