using System.Text.Json.Serialization;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldBenchmarkStage"/>.</summary>
public sealed record WorldBenchmarkOptions
{
    /// <summary>The benchmark's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>
    /// <c>Hard</c> (four options, levels 4 to 6), <c>Free</c> (no options, levels 2 to 5), <c>Broad</c> (ten options, all levels) or
    /// <c>Transfer</c> (ten options, families that the pool does not have, levels 1 to 4).
    /// </summary>
    public required string Benchmark { get; init; }

    /// <summary>The hardest level that it asks, 1 to 6; default 6.</summary>
    public int Levels { get; init; } = QuestionSource.Levels;

    /// <summary>Number of questions; at least 1.</summary>
    public required int Count { get; init; }
}
