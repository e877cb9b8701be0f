using System.Text.Json.Serialization;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldTeachStage"/>.</summary>
public sealed record WorldTeachOptions
{
    /// <summary>The teacher's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }
}
