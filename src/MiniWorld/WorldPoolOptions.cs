using System.Text.Json.Serialization;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldPoolStage"/>.</summary>
public sealed record WorldPoolOptions
{
    /// <summary>The world's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>The hardest level, 1 to 6; default 6.</summary>
    public int Levels { get; init; } = QuestionSource.Levels;

    /// <summary>Number of questions; at least 1.</summary>
    public required int Count { get; init; }
}
