namespace NaturalThoughts.Reporting.Modes;

/// <summary>What a table compares between modes of thinking.</summary>
public sealed record ModeOptions
{
    /// <summary>Tokens at which a right answer to an easy question is worth nothing.</summary>
    public required int Scale { get; init; }

    /// <summary>Budgets of tokens under which accuracy is told, ascending.</summary>
    public required IReadOnlyList<int> Budgets { get; init; }

    /// <summary>Levels of easy questions.</summary>
    public IReadOnlyList<string> Easy { get; init; } = [];

    /// <summary>Levels of hard questions.</summary>
    public IReadOnlyList<string> Hard { get; init; } = [];

    /// <summary>Tokens of thought at which it was closed, ascending; empty where the table closes none.</summary>
    public IReadOnlyList<int> Closed { get; init; } = [];

    /// <summary>Each row of the table, in its order.</summary>
    public required IReadOnlyList<ModeCell> Cells { get; init; }
}
