using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Prompting;

/// <summary>The parameters of <see cref="FewShotPromptsStage"/>.</summary>
/// <param name="Template">The prompt. <c>{examples}</c>, <c>{question}</c>, <c>{options}</c>, <c>{choices}</c> and <c>{meta:NAME}</c> stand for parts of
/// it.</param>
/// <param name="Example">One example. <c>{question}</c>, <c>{options}</c>, <c>{choices}</c>, <c>{answer}</c>, <c>{solution}</c> and <c>{meta:NAME}</c> stand
/// for its parts; examples follow each other without anything between.</param>
/// <param name="Count">Examples of a prompt, the first ones of the file.</param>
public sealed record FewShotOptions(string Template, string Example, int Count)
{
    /// <summary>A name of <c>Question.Meta</c>: examples have the same value as the question. Null for the same examples everywhere.</summary>
    public string? By { get; init; }

    /// <summary>A line of <c>{options}</c>. Default <c>{letter}) {option}</c>.</summary>
    public string OptionLine { get; init; } = "{letter}) {option}";

    /// <summary>A name of the examples' meta that holds the worked solution.</summary>
    public string Solution { get; init; } = "solution";

    /// <summary>The solution starts with this, which the prompt leaves out, such as MMLU-Pro's <c>A: </c>; null for nothing.</summary>
    public string? SolutionPrefix { get; init; }

    /// <summary>What is wrong with the parameters.</summary>
    public IEnumerable<UserError> Validate()
    {
        if (Count < 1)
        {
            yield return new UserError(
                FormattableString.Invariant($"The number of examples is {Count}."), "count", "Give at least one, or use a prompt without examples.");
        }

        foreach ((string key, string text, string mark) in
            new[]
            {
                ("template", Template, "{question}"), ("template", Template, "{examples}"), ("example", Example, "{question}"),
                ("optionLine", OptionLine, "{option}"),
            })
        {
            if (!text.Contains(mark, StringComparison.Ordinal))
            {
                yield return new UserError($"The {key} lacks '{mark}'.", key, $"Write {mark} where it belongs.");
            }
        }
    }
}
