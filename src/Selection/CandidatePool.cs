using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>The candidates of a selection, read from the signals of a pool.</summary>
internal sealed class CandidatePool
{
    private readonly Dictionary<string, string> _levels;

    private CandidatePool(IReadOnlyList<Candidate> candidates, Dictionary<string, string> levels)
    {
        Candidates = candidates;
        _levels = levels;
    }

    /// <summary>The candidates, in ordinal order of their ids.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>The level that the source gives a candidate; null where it gives none.</summary>
    public string? Level(string id) => _levels.GetValueOrDefault(id);

    /// <summary>Reads the bound files. Clusters and judgements are read only where they are needed; then every candidate must have one.</summary>
    public static CandidatePool Read(StageContext context, IReadOnlyList<string> needs)
    {
        SharedTexts shared = new();
        QuestionIndex index = new();
        List<Candidate> rows = [];
        Dictionary<string, string> levels = new(StringComparer.Ordinal);
        string path = context.Input(Roles.Signals);
        foreach (QuestionSignals row in JsonLines.Stream<QuestionSignals>(path))
        {
            index.Add(row.QuestionId, path);
            Signals signals = new(shared.Of(row.Domain), shared.Of(row.Strategies), row.Verbosity, row.Tokens, null, null) { Topics = row.Topics is { } topics ? shared.Of(topics) : null };
            rows.Add(new Candidate(row.QuestionId, signals));
            if (row.Level is { } level)
            {
                levels.Add(row.QuestionId, shared.Of(level));
            }
        }

        if (needs.Contains(Roles.Clusters))
        {
            Join<ClusterAssignment, int>(context.Needed(Roles.Clusters), row => row.QuestionId, row => row.Cluster, (signals, cluster) => signals with { Cluster = cluster });
        }

        if (needs.Contains(Roles.Judgements))
        {
            Join<Judgement, bool>(context.Needed(Roles.Judgements), row => row.QuestionId, row => row.Agree, (signals, agree) => signals with { Agree = agree });
        }

        rows.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return new CandidatePool(rows, levels);

        void Join<TRow, TValue>(string file, Func<TRow, string> id, Func<TRow, TValue> value, Func<Signals, TValue, Signals> with)
        {
            QuestionIndex.Column<TValue> column = index.Read(file, id, value, others: true);
            for (int place = 0; place < rows.Count; place++)
            {
                rows[place] = rows[place] with { Signals = with(rows[place].Signals, column[place]) };
            }
        }
    }
}
