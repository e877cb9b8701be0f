using System.Text.RegularExpressions;

namespace NaturalThoughts.Serving.World;

/// <summary>A prompt template read backwards: the texts that were put in place of its marks, such as <c>{thinking}</c>.</summary>
internal sealed partial class PromptPattern
{
    private readonly string[] _marks;
    private readonly string[] _between;

    /// <param name="template">The template; two marks that touch each other cannot be told apart.</param>
    public PromptPattern(string template)
    {
        _marks = [.. Mark().Matches(template).Select(match => match.Groups[1].Value)];
        _between = Mark().Replace(template, "\0").Split('\0');
    }

    /// <summary>The names of the template's placeholders.</summary>
    public IReadOnlyList<string> Marks => _marks;

    /// <summary>The values by the marks' names; null where the text was not made from this template.</summary>
    public Dictionary<string, string>? Read(string text)
    {
        if (!text.StartsWith(_between[0], StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int at = _between[0].Length;
        for (int i = 0; i < _marks.Length; i++)
        {
            string next = _between[i + 1];
            bool last = i == _marks.Length - 1;
            int end = !last ? text.IndexOf(next, at, StringComparison.Ordinal)
                : text.EndsWith(next, StringComparison.Ordinal) ? text.Length - next.Length : -1;
            if (end < at)
            {
                return null;
            }

            values[_marks[i]] = text[at..end];
            at = end + next.Length;
        }

        return at == text.Length ? values : null;
    }

    [GeneratedRegex(@"\{([a-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
