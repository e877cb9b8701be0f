using System.Text.Json.Serialization;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldCorpusStage"/>.</summary>
public sealed record WorldCorpusOptions
{
    /// <summary>The corpus's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Number of examples; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Prompt template of examples with a trace; see <see cref="Traces.PromptTemplate"/>.</summary>
    public required string Think { get; init; }

    /// <summary>Prompt template of examples with the answer alone.</summary>
    public required string Direct { get; init; }
}
