namespace NaturalThoughts.MiniWorld.Problems;

/// <summary>
/// One explicit, local computation of a solution. All values are small integers; words are indices of word lists. Every function
/// takes the results of the earlier steps first, so that a wrong result propagates.
/// </summary>
internal sealed record Step
{
    /// <summary>The cue in the question that the step takes up, such as <c>finds 5</c>; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>What the step finds, a short noun phrase.</summary>
    public required string Goal { get; init; }

    /// <summary>The result; negative where the operands allow none.</summary>
    public required Func<IReadOnlyList<int>, int> Compute { get; init; }

    /// <summary>The fact in words, operands and result in it: <c>12 + 5 = 17</c>.</summary>
    public required Func<IReadOnlyList<int>, int, string> Say { get; init; }

    /// <summary>Wrong results that a careless solver might get, likely ones first.</summary>
    public required Func<IReadOnlyList<int>, int, IReadOnlyList<int>> Slips { get; init; }

    /// <summary>The same fact the other way round, as a check; null where there is none.</summary>
    public Func<IReadOnlyList<int>, int, string>? Check { get; init; }

    /// <summary>Another way to the same result; null where there is none.</summary>
    public Func<IReadOnlyList<int>, int, string>? Other { get; init; }

    /// <summary>
    /// The facts of the candidates that fail before the right one is found, in the order in which they are tried; null for a step without a search.
    /// </summary>
    public Func<IReadOnlyList<int>, IReadOnlyList<string>>? Tries { get; init; }

    /// <summary>
    /// What a straight chain may take, which neither tries the candidates nor tells the cases apart; it has the results so far and the right one.
    /// Null for a step that needs neither.
    /// </summary>
    public Func<IReadOnlyList<int>, int, IReadOnlyList<int>>? Guesses { get; init; }

    /// <summary>The condition that decides this step; null for a step without one.</summary>
    public Func<IReadOnlyList<int>, string>? Condition { get; init; }
}
