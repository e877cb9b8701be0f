using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>One cell on one benchmark in two places.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Verdict">Alike, moved, gone, new, or made under another probe.</param>
/// <param name="Old">Accuracy before, in percent; empty for none.</param>
/// <param name="New">Accuracy now, in percent; empty for none.</param>
public sealed record DiffRow(string Cell, string Benchmark, LockVerdict Verdict, string Old, string New)
{
    /// <summary>New minus old in points, with its sign; empty where a side is missing.</summary>
    public string Difference { get; init; } = "";

    /// <summary>p of the paired test, or why there is none; empty where a side is missing.</summary>
    public string Test { get; init; } = "";

    /// <summary>How many outcomes changed and the first of them; empty where none did.</summary>
    public string Questions { get; init; } = "";

    /// <summary>The first step with another output; empty where none is known.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Why that step's output is another one; empty where that is not known.</summary>
    public string Why { get; init; } = "";

    /// <summary>The verdict in words.</summary>
    public string Word => Verdict switch
    {
        LockVerdict.Holds => "same",
        LockVerdict.Missing => "gone",
        LockVerdict.Added => "new",
        _ => Verdict.Word(),
    };
}
