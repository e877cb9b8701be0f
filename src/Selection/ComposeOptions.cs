using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>The parameters of <see cref="ComposeStage"/>.</summary>
public sealed record ComposeOptions
{
    /// <summary>A mix as <see cref="Selection.Mix.Parse"/> reads it.</summary>
    public required string Mix { get; init; }

    /// <summary>Seed of what is drawn, a random mix and <see cref="InstructionDropout"/>; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string Seed { get; init; }

    /// <summary>Prompt template of System-2 examples.</summary>
    public required string Think { get; init; }

    /// <summary>Prompt template of System-1 examples.</summary>
    public required string Direct { get; init; }

    /// <summary>A control: the share of the examples that carry the trace and answer of another question, in (0, 1]; null for none.</summary>
    public double? Corrupt { get; init; }

    /// <summary>
    /// Share of examples, of both kinds alike, that are asked with <see cref="Adaptive"/>: without an instruction which kind is wanted. In [0, 1]; default 0.
    /// Each question draws for itself, independently of the mix, and a larger share holds the questions of a smaller one.
    /// </summary>
    public double InstructionDropout { get; init; }

    /// <summary>Prompt template without an instruction; needed where <see cref="InstructionDropout"/> is above 0.</summary>
    public string? Adaptive { get; init; }

    /// <summary>All that is wrong with these options, except for the mix's name.</summary>
    public IReadOnlyList<UserError> Validate() =>
    [
        .. InstructionDropout is >= 0 and <= 1
            ? (UserError[])[]
            : [new UserError(
                FormattableString.Invariant($"instructionDropout cannot be {InstructionDropout}."), "instructionDropout", "Give a share from 0 to 1.")],
        .. InstructionDropout > 0 && Adaptive is null
            ? (UserError[])[new UserError(
                "Examples without an instruction need the prompt 'adaptive'.", "adaptive", "Give its template, or instructionDropout: 0.")]
            : [],
    ];
}
