using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Generation;

/// <summary>How thoughts are cut and closed.</summary>
public sealed record CloseThinkingOptions
{
    /// <summary>How the words behind the closed thought are generated; its limit of new tokens is that of these words.</summary>
    public required GenerationOptions Generation { get; init; }

    /// <summary>Tokens of thought that are kept, 0 or more, each once.</summary>
    public required IReadOnlyList<int> Budgets { get; init; }

    /// <summary>All settings that make no sense.</summary>
    public IReadOnlyList<UserError> Check() =>
    [
        .. Generation.Check(),
        .. Budgets.Count == 0 || Budgets.Any(budget => budget < 0) || Budgets.Distinct().Count() < Budgets.Count
            ? (UserError[])[new UserError($"The budgets cannot be [{string.Join(", ", Budgets)}].", "budgets", "Give distinct numbers of tokens, 0 or more.")]
            : [],
    ];
}
