using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>The candidates of a selection, read from the signals of a pool.</summary>
internal sealed class CandidatePool
{
    private readonly Dictionary<string, string> _levels;

    private readonly HashSet<string>? _right;

    private CandidatePool(IReadOnlyList<Candidate> candidates, Dictionary<string, string> levels, HashSet<string>? right)
    {
        Candidates = candidates;
        (_levels, _right) = (levels, right);
    }

    /// <summary>The candidates, in ordinal order of their ids.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>The level that the source gives a candidate; null where it gives none.</summary>
    public string? Level(string id) => _levels.GetValueOrDefault(id);

    /// <summary>The candidates that the options leave: those with right traces, without a domain, of some levels.</summary>
    /// <exception cref="UserErrorException">There is no such domain or level, or nothing is left.</exception>
    public CandidatePool Keep(SelectOptions options)
    {
        if (!options.CorrectOnly && options.ExceptDomain is null && options.Levels.Count == 0)
        {
            return this;
        }

        if (options.ExceptDomain is { } domain && Candidates.All(candidate => candidate.Signals.Domain != domain))
        {
            throw Unknown(
                $"No candidate has the domain '{Quoted.Of(domain)}'.", "exceptDomain", domain, Candidates.Select(candidate => candidate.Signals.Domain));
        }

        foreach (string level in options.Levels.Where(level => !_levels.ContainsValue(level)))
        {
            throw Unknown($"No candidate has the level '{Quoted.Of(level)}'.", "levels", level, _levels.Values);
        }

        Candidate[] kept = [.. Candidates.Where(candidate =>
            (!options.CorrectOnly || _right!.Contains(candidate.Id))
            && candidate.Signals.Domain != options.ExceptDomain
            && (options.Levels.Count == 0 || (Level(candidate.Id) is { } own && options.Levels.Contains(own, StringComparer.Ordinal))))];
        return kept.Length > 0
            ? new CandidatePool(kept, _levels, _right)
            : throw new UserErrorException(
                "No candidate is left.", options.CorrectOnly ? "correctOnly" : "exceptDomain",
                $"Of {Candidates.Count} questions none is what these options leave.");
    }

    private static UserErrorException Unknown(string message, string location, string given, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new UserErrorException(message, location, names.Length == 0 ? "The candidates have none." : NearestName.Hint(given, names));
    }

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
            Signals signals = new(shared.Of(row.Domain), shared.Of(row.Strategies), row.Verbosity, row.Tokens, null, null)
            {
                Topics = row.Topics is { } topics ? shared.Of(topics) : null,
                ReferenceCharacters = row.ReferenceCharacters,
            };
            rows.Add(new Candidate(row.QuestionId, signals));
            if (row.Level is { } level)
            {
                levels.Add(row.QuestionId, shared.Of(level));
            }
        }

        if (needs.Contains(Roles.Clusters))
        {
            Join<ClusterAssignment, int>(
                context.Needed(Roles.Clusters), row => row.QuestionId, row => row.Cluster, (signals, cluster) => signals with { Cluster = cluster });
        }

        if (needs.Contains(Roles.Judgements))
        {
            Join<Judgement, bool>(
                context.Needed(Roles.Judgements), row => row.QuestionId, row => row.Agree, (signals, agree) => signals with { Agree = agree });
        }

        if (needs.Contains(Roles.Nearest))
        {
            Join<QuestionPlace, int>(
                context.Needed(Roles.Nearest), row => row.QuestionId, row => row.Place, (signals, place) => signals with { Place = place });
        }

        HashSet<string>? right = needs.Contains(Roles.TraceGrades)
            ? JsonLines.Stream<TraceGrade>(context.Needed(Roles.TraceGrades)).Where(row => row.Correct).Select(row => row.QuestionId)
                .ToHashSet(StringComparer.Ordinal)
            : null;

        rows.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return new CandidatePool(rows, levels, right);

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
