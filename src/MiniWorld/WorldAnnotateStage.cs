using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Annotating;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The world's annotator: domain, topic within it, strategies and verbosity, read off the text of question and trace alone.</summary>
public sealed class WorldAnnotateStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-annotate";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The file with the annotations.</summary>
    public const string Output = "annotations.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, TracesRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        context.Options<WorldAnnotateOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), question => question.Id);
        string tracesPath = context.Input(TracesRole);
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(
            tracesPath, trace => trace.QuestionId, questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal));
        List<Annotation> annotations = [];
        foreach (Question question in questions)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (traces.TryGetValue(question.Id, out Trace? trace))
            {
                annotations.Add(new Annotation(
                    question.Id,
                    DomainReader.Domain(question.Text),
                    StrategyReader.Strategies(question.Text, trace.Thinking),
                    VerbosityReader.Verbosity(question.Text, trace.Thinking))
                {
                    Topics = TopicReader.Topics(question.Text),
                });
            }
        }

        JsonLines.Write(context.Output(Output), annotations);
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = annotations.Count, ["dropped"] = questions.Count - annotations.Count } };
    }
}
