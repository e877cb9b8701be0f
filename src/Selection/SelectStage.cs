using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Selection.Methods;

namespace NaturalThoughts.Selection;

/// <summary>
/// Selects questions of a pool by one of the methods: selection.jsonl holds exactly as many as asked, or as match its training with another one's, in the order
/// in which they were drawn, and report.json says what they are (<see cref="SelectionReport"/>). The result does not depend on the order
/// of the rows of any input.
/// </summary>
public sealed class SelectStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "select";

    /// <summary>The file with the selected questions.</summary>
    public const string Output = "selection.jsonl";

    /// <summary>The file that says what they are.</summary>
    public const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } =
        new(Name, [Roles.Signals], [Output, Report]) { OptionalInputs = [Roles.Clusters, Roles.Judgements, Roles.Nearest, Roles.TraceGrades, Roles.Lengths] };

    /// <summary>
    /// The roles beside the signals that a selection needs, each once: those of its method, of what is left out of the pool, and of the selection that it is
    /// matched with.
    /// </summary>
    /// <param name="options">Valid options.</param>
    public static IReadOnlyList<string> Needs(SelectOptions options) =>
    [
        .. SelectorFactory.Create(options).Needs
            .Concat(options.CorrectOnly ? [Roles.TraceGrades] : [])
            .Concat(options.Match is { } match ? [Roles.Lengths, .. match.NeedsJudgements ? [Roles.Judgements] : (string[])[], .. Needs(match.With)] : [])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        SelectOptions options = context.Options<SelectOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        CandidatePool whole = CandidatePool.Read(context, Needs(options)), pool = whole.Keep(options);
        TrainingCost? cost = null;
        IReadOnlyList<string> selected;
        if (options.Match is { } match)
        {
            IReadOnlyList<string> other = Selector(match.With, whole.Keep(match.With))(match.With.Size);
            (selected, cost) = new TrainingMatch(match, context.Needed(Roles.Lengths), whole)
                .Find(Selector(options, pool), options.Size, pool.Candidates.Count, other);
        }
        else
        {
            selected = Selector(options, pool)(options.Size);
            selected = [.. selected.Take(Math.Max(1, (int)Math.Round(options.Share * options.Size, MidpointRounding.AwayFromZero)))];
        }

        SelectionReport report = SelectionReport.Of(options, pool, selected) with { Training = cost };
        JsonLines.Write(context.Output(Output), selected.Select(id => new Selected(id)));
        report.Write(context.Output(Report));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = selected.Count,
                ["candidates"] = pool.Candidates.Count,
                ["tokens"] = report.Tokens.Sum,
            },
        };
    }

    // The method's selection of a size.
    private static Func<int, IReadOnlyList<string>> Selector(SelectOptions options, CandidatePool pool)
    {
        ISelector selector = SelectorFactory.Create(options);
        IReadOnlyList<Candidate> seen = options.AnnotationNoise > 0
            ? AnnotationNoise.Apply(pool.Candidates, options.AnnotationNoise, options.Seed)
            : pool.Candidates;
        seen = options.PermuteAnnotations is { } among ? SignalPermutation.Apply(seen, among, options.Seed) : seen;
        return size =>
        {
            IReadOnlyList<string> selected = selector.Select(seen, size, new Draws(options.Seed, options.Method));
            return selected.Count == size
                ? selected
                : throw new InvalidOperationException($"{options.Method} selected {selected.Count} questions instead of {size}.");
        };
    }
}
