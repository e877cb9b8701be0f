using System.Text.Json.Serialization;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldPoolStage"/>.</summary>
public sealed record WorldPoolOptions
{
    /// <summary>The world's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Number of questions; at least 1.</summary>
    public required int Count { get; init; }
}
