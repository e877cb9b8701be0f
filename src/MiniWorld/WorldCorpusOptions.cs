using System.Text.Json.Serialization;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>The parameters of <see cref="WorldCorpusStage"/>.</summary>
public sealed record WorldCorpusOptions
{
    /// <summary>The corpus's seed; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Number of examples; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>The hardest level of worked solutions, 1 to 6; default 6.</summary>
    public int Levels { get; init; } = QuestionSource.Levels;

    /// <summary>Prompt template of examples with a trace; see <see cref="Records.PromptTemplate"/>.</summary>
    public required string Think { get; init; }

    /// <summary>Prompt template of examples with the answer alone.</summary>
    public required string Direct { get; init; }
}
