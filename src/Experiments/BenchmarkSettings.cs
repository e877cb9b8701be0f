namespace NaturalThoughts.Experiments;

/// <summary>A held-out benchmark of the world.</summary>
/// <param name="Name">One of <see cref="Known"/>.</param>
/// <param name="Count">Number of questions.</param>
/// <param name="Options">Options of a question; 0 for free answers.</param>
/// <param name="Levels">The hardest level that it asks; null for all that it has.</param>
public sealed record BenchmarkSettings(string Name, int Count, int Options, int? Levels)
{
    /// <summary>The world's benchmarks, their numbers of options and easiest levels, after GPQA-Diamond, MATH-500, MMLU-Pro and SuperGPQA.</summary>
    public static IReadOnlyDictionary<string, (int Options, int FirstLevel)> Known { get; } = new SortedDictionary<string, (int Options, int FirstLevel)>(StringComparer.Ordinal)
    {
        ["Hard"] = (4, 4),
        ["Free"] = (0, 2),
        ["Broad"] = (10, 1),
        ["Transfer"] = (10, 1),
    };
}
