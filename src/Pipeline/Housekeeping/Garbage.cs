using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Housekeeping;

/// <summary>Everything that may be deleted from a store.</summary>
public sealed record Garbage
{
    /// <summary>Runs that go, oldest first, each with the bytes of the objects that go with it and with no earlier one of the list.</summary>
    public required IReadOnlyList<(RunRecord Record, long Bytes)> Runs { get; init; }

    /// <summary>Runs that stay without their heavy outputs, which are here, and the bytes of these.</summary>
    public required IReadOnlyList<(RunRecord Record, long Bytes)> Stripped { get; init; }

    /// <summary>Objects that no record names, and their bytes.</summary>
    public required (int Count, long Bytes) Orphans { get; init; }

    /// <summary>What stages that were interrupted long ago left to go on from: folders, and their bytes.</summary>
    public required IReadOnlyList<(string Folder, long Bytes)> Interrupted { get; init; }

    /// <summary>Damaged records and files that belong to nothing.</summary>
    public required int Damaged { get; init; }

    /// <summary>Number of run records that stay.</summary>
    public required int KeptRecords { get; init; }

    /// <summary>Kept records that locks lead to.</summary>
    public required int LockedRecords { get; init; }

    /// <summary>Locked digests that this store has.</summary>
    public required int LockedFound { get; init; }

    /// <summary>Objects that stay, and their bytes.</summary>
    public required (int Count, long Bytes) KeptObjects { get; init; }

    /// <summary>Bytes of all objects that go.</summary>
    public required long Bytes { get; init; }

    /// <summary>Number of objects that go.</summary>
    public required int Objects { get; init; }

    /// <summary>Paths to delete, in an order that may stop anywhere: plans, records, objects, code.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether there is nothing to delete.</summary>
    public bool IsEmpty => Paths.Count + Interrupted.Count == 0;
}
