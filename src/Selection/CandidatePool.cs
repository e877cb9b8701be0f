using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>Joins the records of a pool by question. A question without a trace or without an annotation is no candidate.</summary>
internal sealed class CandidatePool
{
    private CandidatePool(IReadOnlyList<Candidate> candidates, IReadOnlyDictionary<string, Question> questions, int dropped)
    {
        Candidates = candidates;
        Questions = questions;
        Dropped = dropped;
    }

    /// <summary>The candidates, in ordinal order of their ids.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>All questions by id.</summary>
    public IReadOnlyDictionary<string, Question> Questions { get; }

    /// <summary>Questions without a trace or without an annotation.</summary>
    public int Dropped { get; }

    /// <summary>Reads the bound files. Clusters and judgements are read only where they are needed; then every candidate must have one.</summary>
    public static CandidatePool Read(StageContext context, IReadOnlyList<string> needs)
    {
        Dictionary<string, Question> questions = QuestionRows.ById<Question>(context.Input(Roles.Questions), row => row.Id);
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(context.Input(Roles.Traces), row => row.QuestionId, questions.Keys);
        Dictionary<string, Annotation> annotations = QuestionRows.ById<Annotation>(context.Input(Roles.Annotations), row => row.QuestionId, questions.Keys);
        Dictionary<string, ClusterAssignment>? clusters = needs.Contains(Roles.Clusters)
            ? QuestionRows.ById<ClusterAssignment>(context.Needed(Roles.Clusters), row => row.QuestionId, questions.Keys)
            : null;
        Dictionary<string, Judgement>? judgements = needs.Contains(Roles.Judgements)
            ? QuestionRows.ById<Judgement>(context.Needed(Roles.Judgements), row => row.QuestionId, questions.Keys)
            : null;

        List<Candidate> candidates = [];
        foreach (string id in questions.Keys.Order(StringComparer.Ordinal))
        {
            if (traces.TryGetValue(id, out Trace? trace) && annotations.TryGetValue(id, out Annotation? annotation))
            {
                candidates.Add(new Candidate(id, new Signals(
                    annotation.Domain,
                    annotation.Strategies,
                    annotation.Verbosity,
                    trace.Tokens,
                    clusters is null ? null : QuestionRows.Row(clusters, id, context.Input(Roles.Clusters)).Cluster,
                    judgements is null ? null : QuestionRows.Row(judgements, id, context.Input(Roles.Judgements)).Agree)));
            }
        }

        return new CandidatePool(candidates, questions, questions.Count - candidates.Count);
    }
}
