using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// A selection that costs as much training as another one: of all sizes that the method can give, the one is taken whose training comes closest. A method
/// with long traces is cut, one with short traces is enlarged; epochs and batches stay those of the size that the row names.
/// </summary>
public sealed record MatchOptions
{
    /// <summary>Trained tokens: prompt, response and end of turn of all examples, times epochs; padding does not count.</summary>
    public const string Tokens = "tokens";

    /// <summary>Steps of the optimiser, as the training with this seed will take them.</summary>
    public const string Steps = "steps";

    /// <summary>What can be matched: tokens and steps.</summary>
    public static IReadOnlyList<string> Known { get; } = [Tokens, Steps];

    /// <summary>One of <see cref="Known"/>.</summary>
    public required string By { get; init; }

    /// <summary>The other selection, from the whole pool; it has no match of its own.</summary>
    public required SelectOptions With { get; init; }

    /// <summary>The mix of the matched training, as <see cref="Selection.Mix.Parse"/> reads it.</summary>
    public required string Mix { get; init; }

    /// <summary>The mix of the other one; null for the same.</summary>
    public string? WithMix { get; init; }

    /// <summary>The share of the examples of both that have no instruction, as <see cref="ComposeOptions.InstructionDropout"/>; in [0, 1], default 0.</summary>
    public double InstructionDropout { get; init; }

    /// <summary>Epochs: how often training sees each example; 1 or more.</summary>
    public required int Epochs { get; init; }

    /// <summary>Tokens of a batch at most; 1 or more.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>The seed of the training, which orders its batches, and of what the composition of its examples draws; a text or an integer.</summary>
    [JsonConverter(typeof(SeedConverter))]
    public required string TrainingSeed { get; init; }

    /// <summary>The share of the questions that the training holds out, in [0, 1): what is not trained on costs nothing. Default 0.</summary>
    public double HeldOut { get; init; }

    /// <summary>True where the kinds of the examples depend on judgements.</summary>
    internal bool NeedsJudgements => Selection.Mix.Parse(Mix).NeedsJudgements || (WithMix is not null && Selection.Mix.Parse(WithMix).NeedsJudgements);

    /// <summary>All that is wrong with these options; the location of each is the name of the parameter.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. With.Validate().Select(error => error with { Location = "match.with." + error.Location })];
        Require(Known.Contains(By, StringComparer.Ordinal), "match.by", $"A selection cannot be matched by '{By}'.", NearestName.Hint(By, Known));
        Require(Selection.Mix.TryParse(Mix, out _), "match.mix", $"There is no mix '{Mix}'.", Selection.Mix.Hint(Mix));
        Require(WithMix is null || Selection.Mix.TryParse(WithMix, out _), "match.withMix", $"There is no mix '{WithMix}'.", Selection.Mix.Hint(WithMix ?? ""));
        Require(
            InstructionDropout is >= 0 and <= 1, "match.instructionDropout",
            FormattableString.Invariant($"The share of examples without an instruction is {InstructionDropout}, outside 0 to 1."), "Give a share from 0 to 1.");
        Require(Epochs >= 1, "match.epochs", $"{Epochs} epochs are below 1.", "Give the passes over the examples.");
        Require(BatchTokens >= 1, "match.batchTokens", $"{BatchTokens} tokens are below 1.", "Give the tokens of a batch.");
        Require(
            HeldOut is >= 0 and < 1, "match.heldOut", FormattableString.Invariant($"A share of {HeldOut} cannot be held out."),
            "Give the share that the training holds out, from 0 to below 1.");
        Require(With.Match is null, "match.with.match", "The selection that is matched with is matched itself.", "Remove its 'match'.");
        return errors;

        void Require(bool holds, string location, string message, string hint)
        {
            if (!holds)
            {
                errors.Add(new UserError(message, location, hint));
            }
        }
    }
}
