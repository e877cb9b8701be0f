using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Selection.Methods;

namespace NaturalThoughts.Selection;

/// <summary>
/// Selects questions of a pool by one of the seven methods: selection.jsonl holds exactly as many as asked, in the order in which
/// they were drawn, and report.json says what they are (<see cref="SelectionReport"/>). The result does not depend on the order
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
        new(Name, [Roles.Signals], [Output, Report]) { OptionalInputs = [Roles.Clusters, Roles.Judgements] };

    /// <summary>The roles beside the signals that a method needs: none, <c>clusters</c> or <c>judgements</c>.</summary>
    /// <param name="options">Valid options.</param>
    public static IReadOnlyList<string> Needs(SelectOptions options) => SelectorFactory.Create(options).Needs;

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        SelectOptions options = context.Options<SelectOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        ISelector selector = SelectorFactory.Create(options);
        CandidatePool pool = CandidatePool.Read(context, selector.Needs);
        IReadOnlyList<Candidate> seen = options.PermuteAnnotations ? SignalPermutation.Apply(pool.Candidates, options.Seed) : pool.Candidates;
        IReadOnlyList<string> selected = selector.Select(seen, options.Size, new Draws(options.Seed, options.Method));
        if (selected.Count != options.Size)
        {
            throw new InvalidOperationException($"{options.Method} selected {selected.Count} questions instead of {options.Size}.");
        }

        SelectionReport report = SelectionReport.Of(options, pool, selected);
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
}
