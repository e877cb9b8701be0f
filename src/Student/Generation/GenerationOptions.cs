using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.ModelWeights;

namespace NaturalThoughts.Student.Generation;

/// <summary>How answers are generated.</summary>
public sealed record GenerationOptions
{
    /// <summary>0 for the most likely token at every step.</summary>
    public required double Temperature { get; init; }

    /// <summary>Probability of the nucleus that is sampled from, in (0, 1].</summary>
    public required double TopP { get; init; }

    /// <summary>New tokens of an answer at most, the end marker included.</summary>
    public required int MaxNewTokens { get; init; }

    /// <summary>How many prompts are generated together; at least 1.</summary>
    public int Batch { get; init; } = 128;

    /// <summary><c>float32</c> or <c>bf16</c>: of weights, cache and products; null for float32.</summary>
    public string? Precision { get; init; }

    /// <summary>What special tokens inside a question are.</summary>
    public SpecialTokensInText SpecialTokensInText { get; init; }

    /// <summary>Every draw is keyed by seed and question id.</summary>
    public required string Seed { get; init; }

    /// <summary>All settings that make no sense.</summary>
    public IReadOnlyList<UserError> Check()
    {
        List<UserError> errors = [];
        if (!(Temperature >= 0 && double.IsFinite(Temperature)))
        {
            errors.Add(
                new UserError(FormattableString.Invariant($"temperature cannot be {Temperature}."), "generation.temperature", "Give 0 or a positive number."));
        }

        if (!(TopP is > 0 and <= 1))
        {
            errors.Add(new UserError(FormattableString.Invariant($"topP cannot be {TopP}."), "generation.topP", "Give a number in (0, 1]."));
        }

        if (MaxNewTokens < 1)
        {
            errors.Add(new UserError(FormattableString.Invariant($"maxNewTokens cannot be {MaxNewTokens}."), "generation.maxNewTokens", "Give at least 1."));
        }

        if (Batch < 1)
        {
            errors.Add(new UserError(FormattableString.Invariant($"batch cannot be {Batch}."), "generation.batch", "Give at least 1."));
        }

        return errors;
    }
}
