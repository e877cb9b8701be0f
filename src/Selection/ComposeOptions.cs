using System.Text.Json.Serialization;

namespace NaturalThoughts.Selection;

/// <summary>The parameters of <see cref="ComposeStage"/>.</summary>
public sealed record ComposeOptions
{
    /// <summary>A mix as <see cref="Selection.Mix.Parse"/> reads it.</summary>
    public required string Mix { get; init; }

    /// <summary>Seed of a random mix; a text or an integer. The others draw nothing.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Prompt template of System-2 examples.</summary>
    public required string Think { get; init; }

    /// <summary>Prompt template of System-1 examples.</summary>
    public required string Direct { get; init; }

    /// <summary>A control: the share of the examples that carry the trace and answer of another question, in (0, 1]; null for none.</summary>
    public double? Corrupt { get; init; }
}
