namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Splits a formula in TeX, ASCII or both into tokens.</summary>
internal sealed partial class Lexer
{
    /// <summary>More tokens are no answer.</summary>
    private const int MostTokens = 50_000;

    private readonly string _text;

    private readonly List<Token> _tokens;

    private readonly bool _roman;

    private int _at;

    private int _brackets;

    private bool _spaced;

    private Lexer(string text, List<Token> tokens, bool roman, int brackets)
    {
        (_text, _tokens, _roman, _brackets) = (text, tokens, roman, brackets);
    }

    /// <summary>The tokens; the last one is the end.</summary>
    /// <exception cref="UnreadableException">A character that no formula has.</exception>
    public static List<Token> Tokens(string text)
    {
        List<Token> tokens = new(Math.Min(text.Length + 1, 64));
        new Lexer(text, tokens, roman: false, brackets: 0).Run();
        tokens.Add(new Token(TokenKind.End, "", Rational.Zero, Spaced: false, Roman: false));
        return tokens;
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            if (_tokens.Count > MostTokens)
            {
                throw new UndecidedException("too many signs");
            }

            char c = _text[_at];
            if (c is ' ' or '\t' or '\n' or '\r' or '~')
            {
                _spaced = true;
                _at++;
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && NextIsDigit(_at + 1)))
            {
                Number();
            }
            else if (char.IsAsciiLetter(c))
            {
                Letters();
            }
            else if (c == '\\')
            {
                Command();
            }
            else
            {
                Sign(c);
            }
        }
    }

    private void Add(TokenKind kind, string text, Rational value = default, bool roman = false)
    {
        _tokens.Add(new Token(kind, text, value, _spaced, _roman || roman));
        _spaced = false;
    }

    private bool NextIsDigit(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private void Number()
    {
        if (Numeral())
        {
            return;
        }

        // In 1,2,100 the chain is a list from its beginning on.
        bool listed = !_spaced && _tokens.Count > 1 && _tokens[^1].Is(",") && _tokens[^2].Kind == TokenKind.Number && !_tokens[^1].Spaced;
        bool grouped = _brackets == 0 && !_roman && !listed && !(_at > 0 && _text[_at - 1] is '_' or '^');
        Rational value = NumberReader.Read(_text, ref _at, grouped, out string digits);
        Add(TokenKind.Number, digits, value);
    }

    private void Sign(char c)
    {
        _at++;
        switch (c)
        {
            case '(' or '[':
                _brackets++;
                Add(TokenKind.Open, c.ToString());
                break;
            case ')' or ']':
                _brackets--;
                Add(TokenKind.Close, c.ToString());
                break;
            case '{':
                Add(TokenKind.Open, "{");
                break;
            case '}':
                Add(TokenKind.Close, "}");
                break;
            case '*' when _at < _text.Length && _text[_at] == '*':
                _at++;
                Add(TokenKind.Mark, "^");
                break;
            case '+' or '-' or '*' or '/' or '^' or '_' or '!' or '=' or '|' or ',' or ';' or ':' or '\'' or '&' or '%':
                Relation(c);
                break;
            case '<' or '>':
                Relation(c);
                break;
            case '.' when _text.AsSpan(_at).StartsWith(".."):
                _at += 2;
                Add(TokenKind.Mark, "…");
                break;
            case '$' or '€' or '£' or '¥' or '₹' or '¢':
                Add(TokenKind.Currency, c.ToString());
                break;
            case '.' when _tokens.Count > 0 && _tokens[^1].Kind == TokenKind.Word && (_roman || Units.IsPlain(_tokens[^1].Text))
                && !(_at < _text.Length && _text[_at] == '.'):
                // The full stop of an abbreviation: in., sq. ft.
                break;
            case '.' or '?' or '"' or '`' or '#' or '@':
                Add(TokenKind.Mark, c.ToString());
                break;
            default:
                if (!char.IsLetter(c))
                {
                    throw new UnreadableException("a character that no formula has");
                }

                OtherLetters();
                break;
        }
    }

    /// <summary>A sign that may begin a longer one.</summary>
    private void Relation(char c)
    {
        char next = _at < _text.Length ? _text[_at] : ' ';
        string sign = (c, next) switch
        {
            ('<', '=') => "≤",
            ('>', '=') => "≥",
            ('!', '=') => "≠",
            ('=', '>') => "⇒",
            ('=', '<') => "≤",
            ('=', '=') => "=",
            ('-', '>') => "→",
            ('+', '/') when _at + 1 < _text.Length && _text[_at + 1] == '-' => "±",
            ('+', '-') when _at + 1 < _text.Length && _text[_at - 1] == '+' && PlusMinus() => "±",
            ('|', '|') when _text.AsSpan(_at).StartsWith("||") => "|",
            _ => "",
        };
        if (sign.Length > 0)
        {
            _at += c == '+' && next == '/' ? 2 : 1;
            Add(TokenKind.Mark, sign);
            return;
        }

        Add(TokenKind.Mark, c.ToString());
    }

    /// <summary>"+-" means both signs where nothing is added to: at the beginning, after an equals sign or a comma.</summary>
    private bool PlusMinus() => _tokens.Count == 0 || _tokens[^1].Is("=") || _tokens[^1].Is(",");

    /// <summary>A word in letters of another script.</summary>
    private void OtherLetters()
    {
        int start = _at - 1;
        while (_at < _text.Length
            && (char.IsLetter(_text[_at]) || _text[_at] == '\'' || char.GetUnicodeCategory(_text[_at]) is System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            _at++;
        }

        string word = _text[start.._at];
        Add(word.Length == 1 ? TokenKind.Letter : TokenKind.Word, word);
    }
}
