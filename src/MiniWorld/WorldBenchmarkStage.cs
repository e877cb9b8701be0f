using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Generation;

namespace NaturalThoughts.MiniWorld;

/// <summary>Writes a held-out benchmark. None of its texts can be in a pool, whatever the seeds. No text appears twice.</summary>
public sealed class WorldBenchmarkStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "world-benchmark";

    /// <summary>The file with the questions.</summary>
    public const string Output = QuestionFile.Name;

    /// <summary>The names of the benchmarks.</summary>
    public static IReadOnlyList<string> Names { get; } = ["Hard", "Free", "Broad", "Transfer"];

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        WorldBenchmarkOptions options = context.Options<WorldBenchmarkOptions>();
        if (!Names.Contains(options.Benchmark, StringComparer.Ordinal))
        {
            throw new UserErrorException(
                $"There is no benchmark '{options.Benchmark}'.", "benchmark", $"The world's benchmarks are {string.Join(", ", Names)}.");
        }

        QuestionSource source = QuestionSource.ByPrefix(options.Benchmark.ToLowerInvariant())!.UpTo(options.Levels);
        return QuestionFile.Write(context, source, options.Seed, options.Count);
    }
}
