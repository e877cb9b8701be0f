namespace NaturalThoughts.Experiments;

/// <summary>Names that tables and rows cannot have.</summary>
public static class ReservedNames
{
    /// <summary>Verbs of the command line: a target of that name could not be told from them.</summary>
    public static IReadOnlyList<string> Verbs { get; } = Enum.GetNames<VerbName>();

    /// <summary>Words that are no verbs, but are read as if they were: switches, commands of the program to itself, Cake's default target.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["All", "Build", "Default", "Description", "Dryrun", "Explain", "Findings", "Help", "Identity", "Tree", "Version", "Worker"];

    /// <summary>First parts of the addresses of shared targets.</summary>
    public static IReadOnlyList<string> Shared { get; } = ["base", "benchmarks", "data", "prompts", "world"];
}
