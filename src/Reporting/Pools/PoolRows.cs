using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Pools;

/// <summary>The questions that have a trace and an annotation, in ordinal order of ids.</summary>
internal sealed record PoolRows(IReadOnlyList<PoolRow> Rows, int Questions)
{
    public static PoolRows Read(StageContext context)
    {
        List<Question> questions = JsonLines.Read<Question>(context.Input(WorldCardStage.QuestionsRole));
        Dictionary<string, Trace> traces = JsonLines.Read<Trace>(context.Input(WorldCardStage.TracesRole))
            .ToDictionary(row => row.QuestionId, StringComparer.Ordinal);
        Dictionary<string, Annotation> annotations =
            JsonLines.Read<Annotation>(context.Input(WorldCardStage.AnnotationsRole)).ToDictionary(row => row.QuestionId, StringComparer.Ordinal);
        Dictionary<string, ModelAnswer> answers =
            JsonLines.Read<ModelAnswer>(context.Input(WorldCardStage.AnswersRole)).ToDictionary(row => row.QuestionId, StringComparer.Ordinal);
        Dictionary<string, bool>? judgements = context.HasInput(WorldCardStage.JudgementsRole)
            ? JsonLines.Read<Judgement>(context.Input(WorldCardStage.JudgementsRole))
                .ToDictionary(row => row.QuestionId, row => row.Agree, StringComparer.Ordinal)
            : null;

        List<PoolRow> rows = [];
        foreach (Question question in questions.OrderBy(question => question.Id, StringComparer.Ordinal))
        {
            if (traces.TryGetValue(question.Id, out Trace? trace) && annotations.TryGetValue(question.Id, out Annotation? annotation))
            {
                ModelAnswer? answer = answers.GetValueOrDefault(question.Id);
                rows.Add(new PoolRow(question, trace, annotation, answer, Agrees(question.Id, trace, answer, judgements)));
            }
        }

        return rows.Count > 0
            ? new PoolRows(rows, questions.Count)
            : throw new UserErrorException(
                "No question has both a trace and an annotation.", context.Input(WorldCardStage.QuestionsRole),
                "Bind traces and annotations of these questions.");
    }

    /// <summary>Rows by value; a row counts once for each of its values.</summary>
    public SortedDictionary<string, int> Count(Func<PoolRow, IEnumerable<string>> values)
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string value in Rows.SelectMany(row => values(row).Distinct(StringComparer.Ordinal)))
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts;
    }

    private static bool? Agrees(string id, Trace trace, ModelAnswer? answer, Dictionary<string, bool>? judgements)
    {
        if (judgements is not null)
        {
            return judgements.TryGetValue(id, out bool agree) ? agree : null;
        }

        return answer is null ? null : string.Equals(trace.Answer.Trim(), answer.Output.Trim(), StringComparison.OrdinalIgnoreCase);
    }
}
