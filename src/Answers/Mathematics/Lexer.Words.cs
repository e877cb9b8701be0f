using System.Globalization;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Lexer
{
    private const int LargestBase = 36;

    /// <summary>Units that are as likely a product of two letters: units only after a blank.</summary>
    private static readonly System.Collections.Frozen.FrozenSet<string> AmbiguousUnits =
        System.Collections.Frozen.FrozenSet.ToFrozenSet(
            "nm ms pt mi hr mA cc ha yr eV hp kV mV qt gm MA MS NM PT MI HR Pa PA pa kN kn KN dm MV mv".Split(' '), StringComparer.Ordinal);

    /// <summary>Letters side by side: a function, a name, a unit, a word, or a product of letters.</summary>
    private void Letters()
    {
        if (Numeral())
        {
            return;
        }

        int start = _at;
        while (_at < _text.Length && (char.IsLetter(_text[_at]) || (InWord(start) && Joins())))
        {
            _at++;
        }

        string run = _text[start.._at];
        if (run.Length == 1)
        {
            Add(TokenKind.Letter, run);
            return;
        }

        // A base may follow: log10(x) and log2(x) are written so outside of TeX.
        string based = run + (NextIsDigit(_at) ? _text[_at..NumberReader.EndOfDigits(_text, _at)] : "");
        if (based.Length > run.Length && Vocabulary.Functions.ContainsKey(based) && based.StartsWith("log", StringComparison.Ordinal))
        {
            _at += based.Length - run.Length;
            run = based;
        }

        if (run.StartsWith("log", StringComparison.Ordinal) && run.Length > 3 && char.IsAsciiDigit(run[3]))
        {
            Add(TokenKind.Function, "log");
            Add(TokenKind.Mark, "_");
            Add(TokenKind.Number, run[3..], new Rational(NumberReader.Integer(run[3..])));
        }
        else if (Vocabulary.Functions.TryGetValue(run, out string? function))
        {
            Add(TokenKind.Function, function);
        }
        else if (Vocabulary.PlainLetters.Contains(run) && Vocabulary.Letters.TryGetValue(run, out string? letter))
        {
            Add(TokenKind.Letter, letter);
        }
        else if (!_roman && _at < _text.Length && _text[_at] == '(' && Suffix(run) is { } last)
        {
            // tcos(2t): letters before a function.
            for (int i = 0; i < run.Length - last.Length; i++)
            {
                Add(TokenKind.Letter, run[i].ToString());
            }

            Add(TokenKind.Function, last);
        }
        else if (_roman || IsAmongWords(start, run) || (IsWord(run) && !(run.Length == 2 && AmbiguousUnits.Contains(run) && !_spaced)))
        {
            Add(TokenKind.Word, run);
        }
        else
        {
            foreach (char c in run)
            {
                Add(TokenKind.Letter, c.ToString());
            }
        }
    }

    /// <summary>Two letters with words on both sides, or at an end: "it is", not "ax + by".</summary>
    private bool IsAmongWords(int start, string run)
    {
        bool before = start == 0 || (start > 1 && _text[start - 1] == ' ' && char.IsAsciiLetter(_text[start - 2]));
        bool after = _at == _text.Length || (_at + 1 < _text.Length && _text[_at] == ' ' && char.IsAsciiLetter(_text[_at + 1]));
        return run.Length == 2 && before && after && !_text.Contains('\\', StringComparison.Ordinal) && run.Length < _text.Length
            && run.AsSpan().IndexOfAny("aeiouAEIOUyY") >= 0;
    }

    /// <summary>The function that letters end with; null for other runs.</summary>
    private static string? Suffix(string run)
    {
        foreach (string function in (string[])["sin", "cos", "tan", "sqrt", "ln", "log", "exp"])
        {
            if (run.Length > function.Length && run.Length <= function.Length + 2 && run.EndsWith(function, StringComparison.Ordinal))
            {
                return function;
            }
        }

        return null;
    }

    private bool InWord(int start) => _at > start;

    /// <summary>An apostrophe, a full stop or a hyphen inside of a word: don't, p.m., x-intercept only in text.</summary>
    private bool Joins()
    {
        char c = _text[_at];
        bool letterFollows = _at + 1 < _text.Length && char.IsAsciiLetter(_text[_at + 1]);
        return (c == '\'' && letterFollows && char.IsLetter(_text[_at - 1]) && _at + 1 < _text.Length && (_roman || _at > 1) && IsContraction())
            || (c == '.' && IsHalfOfDay());
    }

    private bool IsContraction() => _at + 2 >= _text.Length || !char.IsAsciiLetter(_text[_at + 2]) || char.IsAsciiLetter(_text[_at - 1]);

    private bool IsHalfOfDay()
    {
        char before = char.ToLowerInvariant(_text[_at - 1]);
        bool first = before is 'a' or 'p' && _at + 1 < _text.Length && char.ToLowerInvariant(_text[_at + 1]) == 'm'
            && (_at < 2 || !char.IsAsciiLetter(_text[_at - 2]));
        bool last = before == 'm' && _at >= 3 && _text[_at - 2] == '.' && char.ToLowerInvariant(_text[_at - 3]) is 'a' or 'p';
        return first || last;
    }

    private static bool IsWord(string run)
    {
        if (run.Length == 2)
        {
            return Units.IsPlain(run) || Vocabulary.ShortWords.Contains(run.ToLowerInvariant());
        }

        if (run.Length > 4 || Units.IsPlain(run) || run is "and" || run.All(char.IsAsciiLetterUpper))
        {
            return true;
        }

        // abc, xyz, bxy: letters of formulas; a word has a vowel in another place.
        return run.AsSpan(run[0] == 'a' ? 1 : 0).IndexOfAny("aeiouAEIOU") >= 0 || run is "why" or "try" or "by" or "dry" or "sky" or "all" or "any";
    }

    /// <summary>Reads a numeral with a base, such as 2B7_{12}; false where none starts here.</summary>
    private bool Numeral()
    {
        bool continues = _at > 0 && (char.IsAsciiLetterOrDigit(_text[_at - 1]) || _text[_at - 1] is '.' or '\\' or '_' or '^');
        int end = _at;
        while (end < _text.Length && char.IsAsciiLetterOrDigit(_text[end]))
        {
            end++;
        }

        int mark = end < _text.Length && _text[end] == ' ' ? end + 1 : end;
        if (continues || _roman || mark >= _text.Length || _text[mark] != '_' || (!char.IsAsciiDigit(_text[_at]) && end - _at < 2))
        {
            return false;
        }

        (string name, int next) = Subscript(mark + 1);
        int radix = Units.NumberWord(name) ?? (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0);
        string digits = _text[_at..end].ToUpperInvariant();
        if (radix is < 2 or > LargestBase || !digits.All(c => (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10) < radix))
        {
            return false;
        }

        _at = next;
        Add(TokenKind.Numeral, digits, new Rational(radix));
        return true;
    }

    /// <summary>The name of a base, and where it ends: 5, {5}, {\text{five}}, \text{five}.</summary>
    private (string Name, int Next) Subscript(int at)
    {
        while (at < _text.Length && _text[at] == ' ')
        {
            at++;
        }

        if (at >= _text.Length || char.IsAsciiDigit(_text[at]))
        {
            int end = NumberReader.EndOfDigits(_text, at);
            return (_text[at..end], end);
        }

        int depth = 0;
        int stop = at;
        do
        {
            depth += _text[stop] == '{' ? 1 : _text[stop] == '}' ? -1 : 0;
            stop++;
        }
        while (stop < _text.Length && (depth > 0 || (_text[at] == '\\' && _text[stop - 1] != '}')) && stop - at < 40);
        string name = _text[at..stop].Replace("\\text", "", StringComparison.Ordinal).Replace("\\mathrm", "", StringComparison.Ordinal)
            .Replace("base", "", StringComparison.Ordinal);
        return (name.Trim('{', '}', '(', ')', ' ').ToLowerInvariant(), stop);
    }
}
