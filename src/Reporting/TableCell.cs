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

    /// <summary>The replicates' seeds; the k-th one is paired with the k-th one of the baseline.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Address of the cell to compare with; null for the table's baseline of the same size and mix.</summary>
    public string? Baseline { get; init; }

    /// <summary>Of a positive control, what its difference must be: <see cref="Better"/> or <see cref="Worse"/>; null for all other rows.</summary>
    public string? Expect { get; init; }
}
