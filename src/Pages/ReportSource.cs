namespace NaturalThoughts.Pages;

/// <summary>All that a report is made of.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Tables">Its locked tables.</param>
/// <param name="Targets">The targets behind them, each after what it reads from.</param>
public sealed record ReportSource(string Profile, IReadOnlyList<ReportTable> Tables, IReadOnlyList<ReportTarget> Targets)
{
    /// <summary>The locked tables: first those that compare rows, then pages of findings, which quote their cells.</summary>
    public IReadOnlyList<ReportTable> Tables { get; } = [.. Tables.OrderBy(table => table.HasFindings)];

    /// <summary>The answers of a table, cell and benchmark; null, with the reason, where the store has none that belong to the lock.</summary>
    public Func<string, string, string, (ReportAnswers? Answers, string Missing)> Answers { get; init; } = (_, _, _) => (null, "There is no store.");

    /// <summary>Targets below a cell of a table: those that only it, or it among others, needs.</summary>
    public Func<string, string, IReadOnlyList<string>> TargetsOf { get; init; } = (_, _) => [];

    /// <summary>A cell of a table in words; empty where there are none.</summary>
    public Func<string, string, string> Describe { get; init; } = (_, _) => "";

    /// <summary>Ids that a cell's first replicate selected; null for none.</summary>
    public Func<string, string, IReadOnlyList<string>?> Selected { get; init; } = (_, _) => null;

    /// <summary>The trainings, in the order of the targets.</summary>
    public IReadOnlyList<TrainingCurve> Trainings { get; init; } = [];

    /// <summary>The pool; null where the store has none.</summary>
    public ReportPool? Pool { get; init; }
}
