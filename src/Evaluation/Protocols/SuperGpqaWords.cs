namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// extract_option_content of SuperGPQA's eval.py: an option's words to the letter after "the answer is", after "Answer" (without a colon),
/// or at the start. Each place is tried in the order in which Python's search tries them, once.
/// </summary>
internal sealed class SuperGpqaWords
{
    private static readonly string[] Commands = ["\\boxed{", "\\mathbf{", "\\mathrm{", "\\text{"];

    private readonly string _text;
    private readonly IReadOnlyList<string> _options;
    private readonly HashSet<int> _tried = [];

    private SuperGpqaWords(string text, IReadOnlyList<string> options) => (_text, _options) = (text, options);

    /// <summary>The letter of the option; null without one.</summary>
    public static string? Find(string text, IReadOnlyList<string> options)
    {
        if (!options.Any(option => text.Contains(option, StringComparison.Ordinal)))
        {
            return null;
        }

        foreach (Func<SuperGpqaWords, IEnumerable<int>> places in new Func<SuperGpqaWords, IEnumerable<int>>[] { AfterTheAnswerIs, AfterAnswer, AtTheStart })
        {
            SuperGpqaWords search = new(text, options);
            string? found = places(search).Select(search.At).FirstOrDefault(option => option is not null);
            if (found is not null)
            {
                return ((char)('A' + options.ToList().IndexOf(found))).ToString();
            }
        }

        return null;
    }

    // [Tt]he\s+(?:\w+\s+)?(?:answer|option)(?:\w+\s+)?\s+is:?\s*
    private static IEnumerable<int> AfterTheAnswerIs(SuperGpqaWords search)
    {
        string text = search._text;
        for (int i = text.IndexOf("he", 1 < text.Length ? 1 : 0, StringComparison.Ordinal); i >= 1; i = text.IndexOf("he", i + 1, StringComparison.Ordinal))
        {
            int word = search.Spaces(i + 2);
            if (text[i - 1] is not ('T' or 't') || word == i + 2)
            {
                continue;
            }

            int afterWord = search.Word(word);
            int second = search.Spaces(afterWord);
            foreach (int noun in new[] { afterWord > word && second > afterWord ? second : -1, word })
            {
                if (noun < 0 || !(search.Has(noun, "answer") || search.Has(noun, "option")))
                {
                    continue;
                }

                // Letters that go on from the noun need two blanks: one is theirs.
                int end = search.Word(noun + 6);
                int verb = search.Spaces(end);
                if (verb >= end + (end > noun + 6 ? 2 : 1) && search.Has(verb, "is"))
                {
                    int after = verb + 2;
                    yield return after + (after < text.Length && text[after] == ':' ? 1 : 0);
                }
            }
        }
    }

    // (?i:Answer)\s*
    private static IEnumerable<int> AfterAnswer(SuperGpqaWords search)
    {
        for (int i = search._text.IndexOf("answer", StringComparison.OrdinalIgnoreCase); i >= 0; i = search._text.IndexOf(
            "answer", i + 1, StringComparison.OrdinalIgnoreCase))
        {
            yield return i + 6;
        }
    }

    // ^[^\w\r\n]*, the longest first.
    private static IEnumerable<int> AtTheStart(SuperGpqaWords search)
    {
        int end = 0;
        while (end < search._text.Length && search._text[end] is not ('\r' or '\n') && search.Word(end) == end)
        {
            end++;
        }

        for (; end >= 0; end--)
        {
            yield return end;
        }
    }

    /// <summary>The option that begins at or behind the place, behind blanks, opening signs and commands; null without one.</summary>
    private string? At(int place)
    {
        Stack<int> places = new([Spaces(place)]);
        while (places.TryPop(out int at))
        {
            if (at > _text.Length || !_tried.Add(at))
            {
                continue;
            }

            int word = Spaces(at);
            foreach (int start in word == at ? [at] : new[] { word, at })
            {
                foreach (string option in _options)
                {
                    if (Has(start, option) && IsEnded(start + option.Length))
                    {
                        return option;
                    }
                }
            }

            if (at < _text.Length && "*${(\\[".Contains(_text[at], StringComparison.Ordinal))
            {
                places.Push(at + 1);
            }

            if (Commands.FirstOrDefault(command => Has(at, command)) is { } command)
            {
                places.Push(at + command.Length);
            }
        }

        return null;
    }

    // (?:\\?\}?\$?\)?\]?\}?)*(?:[\s:\.\*)]|$): a closing parenthesis in the run ends it as well.
    private bool IsEnded(int at)
    {
        int end = at;
        while (end < _text.Length && "\\}$])".Contains(_text[end], StringComparison.Ordinal))
        {
            if (_text[end++] == ')')
            {
                return true;
            }
        }

        return end == _text.Length || PythonText.IsSpace(_text[end]) || ":.*".Contains(_text[end], StringComparison.Ordinal);
    }

    private bool Has(int at, string text) => at <= _text.Length && _text.AsSpan(at).StartsWith(text, StringComparison.Ordinal);

    private int Spaces(int at)
    {
        while (at < _text.Length && PythonText.IsSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of the word that begins at the place.</summary>
    private int Word(int at)
    {
        while (at < _text.Length && PythonText.IsWordAt(_text, at, out int length))
        {
            at += length;
        }

        return at;
    }
}
