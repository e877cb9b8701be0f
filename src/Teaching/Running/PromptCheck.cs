using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Running;

/// <summary>Checks prompt templates.</summary>
internal static class PromptCheck
{
    /// <summary>One error for each mark that a template lacks.</summary>
    public static IEnumerable<UserError> Of(string template, params string[] marks) => marks
        .Where(mark => !template.Contains(mark, StringComparison.Ordinal))
        .Select(mark => new UserError($"The prompt template lacks '{mark}'.", "prompt", $"Write '{mark}' where that text belongs."));

    /// <summary>Throws where a stage's options are wrong.</summary>
    public static void Throw(IReadOnlyList<UserError> errors)
    {
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }
    }
}
