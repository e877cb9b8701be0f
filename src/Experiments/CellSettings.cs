using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments;

/// <summary>One student of a table; its replicates differ in their seeds only.</summary>
public sealed record CellSettings
{
    /// <summary>
    /// The address below the table: <c>Random/1000/System2</c>, or <c>base</c>. A mode that is not the mix's own is appended: <c>System2-direct</c>.
    /// </summary>
    public required string Address { get; init; }

    /// <summary>Benchmark to the answers that somebody's model gave; null for a student of ours.</summary>
    public IReadOnlyDictionary<string, RecordSource>? Recorded { get; init; }

    /// <summary>The parameters of <c>answer</c> without its sample, for a model behind an endpoint; null for all others.</summary>
    public System.Text.Json.Nodes.JsonObject? Endpoint { get; init; }

    /// <summary>
    /// The replicates of a row that has its own: a student that others are compared with, repeats in files of recorded answers, samples of a model behind an
    /// endpoint; null for the table's.
    /// </summary>
    public IReadOnlyList<int>? Replicates { get; init; }

    /// <summary>Benchmark to the recorded answers of a replicate to each question; those that are not named have one.</summary>
    public IReadOnlyDictionary<string, int> RecordedRepeats { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The row's name, such as <c>Random</c> or <c>Topics-permuted</c>; null for the base student.</summary>
    public string? Row { get; init; }

    /// <summary>How its training questions are selected; null for the base student.</summary>
    public MethodSettings? Method { get; init; }

    /// <summary>Number of selected questions; null for the base student.</summary>
    public int? Size { get; init; }

    /// <summary>Which examples are System 2; null for the base student.</summary>
    public string? Mix { get; init; }

    /// <summary>The last part of the address; null for the base student.</summary>
    public string? MixAndMode { get; init; }

    /// <summary>The name of the prompt that asks it: <c>think</c>, <c>direct</c> or another of the profile's; empty for recorded answers.</summary>
    public required string Mode { get; init; }

    /// <summary>What it changes of the usual way from the pool to a student.</summary>
    public RowVariant Variant { get; init; } = RowVariant.None;

    /// <summary>Added to every replicate's seed.</summary>
    public int SeedOffset { get; init; }

    /// <summary>Of a positive control, what its difference must be: <c>better</c> or <c>worse</c>; null for all other rows.</summary>
    public string? Expect { get; init; }

    /// <summary>Address of the cell to compare with; null for the table's baseline.</summary>
    public string? Baseline { get; init; }

    /// <summary>True for a row that is no finding, outside of the table's primary family.</summary>
    public bool Calibration { get; init; }
}
