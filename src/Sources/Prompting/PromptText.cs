using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Prompting;

/// <summary>Fills the marks of a template. What a value says is never read as a mark.</summary>
internal sealed class PromptText(FewShotOptions options)
{
    private const string Meta = "meta:";

    /// <exception cref="UserErrorException">A mark has no value for this question.</exception>
    public string Render(string template, Question question, string? examples)
    {
        StringBuilder text = new();
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf('{', at);
            int close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            text.Append(template, at, open - at);
            string mark = template[(open + 1)..close];
            if (Value(mark, question, examples) is { } value)
            {
                text.Append(value);
                at = close + 1;
            }
            else
            {
                // A brace that is none of ours, such as \boxed{}.
                text.Append('{');
                at = open + 1;
            }
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private string? Value(string mark, Question question, string? examples) => mark switch
    {
        "question" => question.Text,
        "options" => string.Join('\n', question.Options.Select((option, i) => Line((char)('A' + i), option))),
        "choices" => string.Join(" , ", question.Options),
        "answer" => question.Reference,
        "solution" => Solution(question),
        "examples" => examples,
        _ => mark.StartsWith(Meta, StringComparison.Ordinal) ? Of(question, mark[Meta.Length..]) : null,
    };

    private string Line(char letter, string option)
    {
        int at = options.OptionLine.IndexOf("{option}", StringComparison.Ordinal);
        return options.OptionLine[..at]
            .Replace("{letter}", letter.ToString(), StringComparison.Ordinal) + option + options.OptionLine[(at + "{option}".Length)..];
    }

    private string Solution(Question example)
    {
        string solution = Of(example, options.Solution);
        return options.SolutionPrefix is { } prefix && solution.StartsWith(prefix, StringComparison.Ordinal) ? solution[prefix.Length..] : solution;
    }

    private static string Of(Question question, string name) => question.Meta.TryGetValue(name, out string? value)
        ? value
        : throw new UserErrorException($"The question '{question.Id}' has no '{name}' in its meta.", null, NearestName.Hint(name, question.Meta.Keys));
}
