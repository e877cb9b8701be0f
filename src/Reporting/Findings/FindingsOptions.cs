namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// Parameters of the <c>findings</c> stage: those of a table whose cells have the name of their own table in front, and the findings. The cells'
/// <see cref="TableCell.Pool"/> (or size and mix) decides whose noise is pooled.
/// </summary>
public sealed record FindingsOptions : TableOptions
{
    /// <summary>SHA-256 of the file that declares the findings.</summary>
    public required string Declaration { get; init; }

    /// <summary>The name of that file.</summary>
    public required string File { get; init; }

    /// <summary>The error that a family may make, such as 0.05.</summary>
    public required double Level { get; init; }

    /// <summary>The findings, in the order of the file; positive controls are among them.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Cell to a name of its trained students: cells of one name are the same students, seed by seed, asked in other ways.</summary>
    public IReadOnlyDictionary<string, string> Students { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
