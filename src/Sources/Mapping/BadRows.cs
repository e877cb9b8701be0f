namespace NaturalThoughts.Sources.Mapping;

/// <summary>What happens to a row that cannot become a record.</summary>
public static class BadRows
{
    /// <summary>The stage fails with the row's place: right for a benchmark, of which no question may be missing.</summary>
    public const string Stop = "stop";

    /// <summary>The row is left out, counted by reason and written to refused.jsonl: right for large pools.</summary>
    public const string Skip = "skip";

    /// <summary>What can happen to such a row: skip, stop.</summary>
    public static IReadOnlyList<string> Known { get; } = [Skip, Stop];
}
