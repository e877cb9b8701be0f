using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Lora;

/// <summary>
/// Low-rank adapters (LoRA, arXiv 2106.09685): a module's weight W becomes W + Alpha / Rank B A, of which A and B alone are trained. Without
/// dropout. Names are those of PEFT.
/// </summary>
public sealed record LoraOptions
{
    /// <summary>The modules that can be adapted, in the order of a layer.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>Rows of A and columns of B; at least 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The product is scaled by Alpha / Rank; above 0.</summary>
    public required double Alpha { get; init; }

    /// <summary>Some of <see cref="Modules"/>, in every layer.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The factor Alpha / Rank of the product B A.</summary>
    public double Scale => Alpha / Rank;

    /// <summary>All settings that make no sense.</summary>
    /// <param name="location">Where they stand.</param>
    public IReadOnlyList<UserError> Check(string location)
    {
        List<UserError> errors = [];
        if (Rank < 1)
        {
            errors.Add(new UserError($"rank cannot be {Rank}.", location + ".rank", "Give at least 1."));
        }

        if (!(Alpha > 0 && double.IsFinite(Alpha)))
        {
            errors.Add(new UserError(FormattableString.Invariant($"alpha cannot be {Alpha}."), location + ".alpha", "Give a positive number."));
        }

        if (Targets.Count == 0 || Targets.Distinct(StringComparer.Ordinal).Count() < Targets.Count || Targets.Except(Modules, StringComparer.Ordinal).Any())
        {
            errors.Add(new UserError(
                $"targets cannot be [{string.Join(", ", Targets)}].", location + ".targets", $"Give some of {string.Join(", ", Modules)}, each once."));
        }

        return errors;
    }
}
