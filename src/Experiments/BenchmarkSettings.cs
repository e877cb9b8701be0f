namespace NaturalThoughts.Experiments;

/// <summary>A held-out benchmark of the world.</summary>
/// <param name="Name">One of <see cref="Known"/>.</param>
/// <param name="Count">Number of questions.</param>
/// <param name="Options">Options of a question; 0 for free answers.</param>
public sealed record BenchmarkSettings(string Name, int Count, int Options)
{
    /// <summary>The world's benchmarks and their numbers of options, after GPQA-Diamond, MATH-500, MMLU-Pro and SuperGPQA.</summary>
    public static IReadOnlyDictionary<string, int> Known { get; } = new SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        ["Hard"] = 4,
        ["Free"] = 0,
        ["Broad"] = 10,
        ["Transfer"] = 10,
    };
}
