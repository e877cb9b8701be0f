namespace NaturalThoughts.Experiments;

/// <summary>Names that tables and rows cannot have.</summary>
public static class ReservedNames
{
    /// <summary>Verbs of the command line: a target of that name could not be told from them.</summary>
    public static IReadOnlyList<string> Verbs { get; } =
    [
        "All", "Bench", "Build", "Clean", "Default", "Description", "Diff", "Doctor", "Dryrun", "Explain", "Gc", "Help", "Locks", "Report",
        "Serve", "Show", "Status", "Test", "Tree", "Verify", "Version", "Worker",
    ];

    /// <summary>First parts of the addresses of shared targets.</summary>
    public static IReadOnlyList<string> Shared { get; } = ["base", "prompts", "world"];
}
