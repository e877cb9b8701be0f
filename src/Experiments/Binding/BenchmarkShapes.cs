namespace NaturalThoughts.Experiments.Binding;

/// <summary>The keys of a benchmark's file. The JSON Schema for editors lists the same.</summary>
internal static class BenchmarkShapes
{
    public static readonly string[] Benchmark =
    [
        "name", "version", "description", "source", "map", "confidential", "shuffled", "answer", "options", "prompt", "phrasings", "fewShot", "protocols", "seeds", "macroAverages", "changes",
    ];

    public static readonly string[] Source = ["files", "format", "entries", "rows", "hub", "from", "licence"];
    public static readonly string[] Hub = ["dataset", "revision", "folder"];
    public static readonly string[] Map = ["id", "text", "reference", "options", "meta", "known"];
    public static readonly string[] Reference = ["field", "as", "after"];
    public static readonly string[] Options = ["list", "columns", "correct", "incorrect", "drop"];
    public static readonly string[] FewShot = ["source", "map", "count", "by", "example", "optionLine", "solutionPrefix"];
}
