using System.Text.Json.Nodes;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>What a table stage made, with what the caller knows of where it came from.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Folder">Output folder of the stage.</param>
public sealed record TableResult(string Table, string Folder)
{
    /// <summary>See <see cref="Locks.Provenance"/>; null where it is not known.</summary>
    public JsonObject? Provenance { get; init; }

    /// <summary>(benchmark, digest of its question ids) to these ids in ordinal order; null where they are not available.</summary>
    public Func<string, string, IReadOnlyList<string>?> Questions { get; init; } = (_, _) => null;

    /// <summary>The lock of this result, without a history.</summary>
    public ResultLock Lock() => ResultLock.Read(Path.Combine(Folder, TableStage.Lock)) with { Provenance = Provenance };
}
