using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>An item that is words and no formula; null where it is a formula.</summary>
    private Node? Words()
    {
        Token first = Current;
        bool letterThenWord = first.Kind == TokenKind.Letter && Following.Kind == TokenKind.Word && !EndsItem(_at + 1)
            && Units.FindRoman(Following.Text) is null && !Following.IsWord("and") && !Following.IsWord("or");
        if ((first.Kind != TokenKind.Word && !letterThenWord) || _given is not null || IsUnitsAlone())
        {
            return null;
        }

        StringBuilder words = new();
        int at = _at;
        int round = 0;
        for (; _tokens[at].Kind != TokenKind.End && !(round == 0 && EndsItem(at)); at++)
        {
            Token token = _tokens[at];
            round += token.Kind == TokenKind.Open && token.Text == "(" ? 1 : token.Kind == TokenKind.Close && token.Text == ")" ? -1 : 0;
            if (round < 0 || token.Kind is TokenKind.Command or TokenKind.Function or TokenKind.Currency
                || (token.Kind == TokenKind.Mark && token.Text is not ("-" or "'" or "." or ":" or "/" or "!" or "?" or "," or "%" or "\"")))
            {
                if (round < 0)
                {
                    break;
                }

                // "area = 5": words that name a value.
                return token.Is("=") && round == 0 ? NamedValue(words.ToString(), at) : throw new UnreadableException("words in a formula");
            }

            words.Append(token.Spaced && words.Length > 0 ? " " : "")
                .Append(token.Kind is TokenKind.Open or TokenKind.Close && token.Text is "{" or "}" ? "" : token.Text);
        }

        _at = at;
        string phrase = words.ToString();
        return Units.NumberWords(phrase) is { } value ? Node.Number(value) : Node.Text(NormalForm.Of(phrase));
    }

    /// <summary>"Area = 5": the words stand for a name.</summary>
    private Node NamedValue(string words, int equals)
    {
        _at = equals + 1;
        return Node.Of(NodeKind.Relation, "=", Node.Symbol("name." + NormalForm.Of(words)), Relation());
    }

    private bool EndsItem(int at)
    {
        Token token = _tokens[at];
        return token.Kind == TokenKind.End || token.IsWord("and") || token.IsWord("or")
            || (token.Kind == TokenKind.Mark && token.Text is "," or ";" or "&" or "\\\\")
            || (token.Kind == TokenKind.Close && token.Text is "]" or "\\}" or "rangle");
    }

    /// <summary>A unit that stands where a value is expected, as in a fraction of units.</summary>
    private bool IsUnitsAlone() => _depth > 0 && Current.Kind == TokenKind.Word && Units.FindRoman(Current.Text) is not null
        && Following.Kind is TokenKind.Close or TokenKind.Mark;

    /// <summary>A time of day: 5:30, 17:05, 5 p.m., 5:30 PM.</summary>
    private Node? Time()
    {
        if (Current.Kind != TokenKind.Number || !Current.Value.IsInteger || _depth > 0 || _given is not null)
        {
            return null;
        }

        int at = _at + 1;
        Rational minutes = Current.Value * new Rational(60);
        bool colon = _tokens[at].Is(":") && _tokens[at + 1].Kind == TokenKind.Number && _tokens[at + 1].Text.Length == 2
            && _tokens[at + 1].Value.CompareTo(new Rational(60)) < 0
            && Current.Text.Length <= 2 && Current.Value.CompareTo(new Rational(25)) < 0;
        if (colon)
        {
            minutes += _tokens[at + 1].Value;
            at += 2;
            if (_tokens[at].Is(":") && _tokens[at + 1].Kind == TokenKind.Number && _tokens[at + 1].Text.Length == 2)
            {
                minutes += _tokens[at + 1].Value / new Rational(60);
                at += 2;
            }
        }

        int before = at;
        string half = Half(ref at);
        if ((!colon && half.Length == 0) || (at == before && !EndsItem(at)))
        {
            return null;
        }

        _at = at;
        return Node.Clock(minutes, half);
    }

    /// <summary>am or pm, in one token or in letters with full stops.</summary>
    private string Half(ref int at)
    {
        StringBuilder letters = new();
        int end = at;
        while (letters.Length < 2 && (_tokens[end].Kind is TokenKind.Letter or TokenKind.Word || _tokens[end].Is(".")))
        {
            letters.Append(_tokens[end].Text.Replace(".", "", StringComparison.Ordinal));
            end++;
        }

        string half = letters.ToString().ToLowerInvariant();
        if (half is not ("am" or "pm"))
        {
            return "";
        }

        at = _tokens[end].Is(".") ? end + 1 : end;
        return half;
    }
}
