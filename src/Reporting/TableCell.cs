using System.Text.Json.Serialization;

namespace NaturalThoughts.Reporting;

/// <summary>A row of a table: one student's training set, with its replicates.</summary>
public sealed record TableCell
{
    /// <summary>A positive control that must be better than what it is compared with.</summary>
    public const string Better = "better";

    /// <summary>A positive control that must be worse.</summary>
    public const string Worse = "worse";

    /// <summary>The address below the table, such as <c>Random/1000/System2</c> or <c>base</c>; the middle part of the roles of its grades.</summary>
    public required string Address { get; init; }

    /// <summary>The selection method; null for a student without one.</summary>
    public string? Method { get; init; }

    /// <summary>Number of selected questions; null for a student without a selection.</summary>
    public int? Size { get; init; }

    /// <summary>The mix, such as <c>System2</c>.</summary>
    public string? Mix { get; init; }

    /// <summary>The replicates' seeds, of any number; those of two students are independent of each other.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Address of the cell to compare with; null for the table's baseline of the same size and mix.</summary>
    public string? Baseline { get; init; }

    /// <summary>Of a positive control, what its difference must be: <see cref="Better"/> or <see cref="Worse"/>; null for all other rows.</summary>
    public string? Expect { get; init; }

    /// <summary>Names the students that share one estimate of the replicates' noise; null for those of its size and mix.</summary>
    public string? Pool { get; init; }

    /// <summary>True for a row that is no finding: its comparison is outside of the table's primary family and is corrected among its like.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Calibration { get; init; }

    /// <summary>The address of the cell that it is compared with; null for none.</summary>
    /// <param name="baseline">The method that others are compared with at the same size and mix.</param>
    /// <param name="cells">All cells of the table.</param>
    public string? BaselineAmong(string baseline, IReadOnlyList<TableCell> cells) => Baseline
        ?? (Size is null || Method == baseline
            ? null
            : cells.FirstOrDefault(other => other.Method == baseline && other.Size == Size && other.Mix == Mix)?.Address);
}
