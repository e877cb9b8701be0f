using System.Text.Json.Serialization;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldTokenizerStage"/>.</summary>
public sealed record WorldTokenizerOptions
{
    /// <summary>Seed of the sample that the vocabulary is read off; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Prompt template of examples with a trace.</summary>
    public required string Think { get; init; }

    /// <summary>Prompt template of examples with the answer alone.</summary>
    public required string Direct { get; init; }

    /// <summary>More texts or prompt templates whose words belong to the vocabulary. Default none.</summary>
    public IReadOnlyList<string> Instructions { get; init; } = [];
}
