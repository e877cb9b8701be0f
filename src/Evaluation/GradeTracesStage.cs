using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>
/// Grades the answers of the teacher's traces against the questions' reference answers, for selections from right traces alone. One row for each
/// trace, in the order of the questions.
/// </summary>
public sealed class GradeTracesStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "grade-traces";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The file with the <see cref="TraceGrade"/>s.</summary>
    public const string Output = "trace-grades.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, TracesRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        GradeOptions options = context.Options<GradeOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        IGradingProtocol protocol = ProtocolCatalog.Find(options.Protocol)!;
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), row => row.Id);
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(
            context.Input(TracesRole), row => row.QuestionId, [.. questions.Select(question => question.Id)]);
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal) { ["correct"] = 0, ["undecided"] = 0, ["unparsed"] = 0 };
        List<TraceGrade> grades = [];
        foreach (Question question in questions.Where(question => traces.ContainsKey(question.Id)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Verdict verdict = Graded.Of(protocol, traces[question.Id].Answer, question).Verdict;
            counts["correct"] += verdict == Verdict.Right ? 1 : 0;
            counts["undecided"] += verdict == Verdict.Undecided ? 1 : 0;
            counts["unparsed"] += verdict == Verdict.Unparsed ? 1 : 0;
            grades.Add(new TraceGrade(question.Id, verdict == Verdict.Right));
        }

        JsonLines.Write(context.Output(Output), grades);
        counts["rows"] = grades.Count;
        return new StageResult { Counts = counts };
    }
}
