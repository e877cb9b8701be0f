namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Lexer
{
    /// <summary>Deeper fonts in fonts are no answer.</summary>
    private const int DeepestFont = 20;

    private int _fonts;

    /// <summary>A command of TeX.</summary>
    private void Command()
    {
        int start = ++_at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }

        string name = _text[start.._at];
        if (name.Length == 0)
        {
            Escaped();
        }
        else if (Vocabulary.Texts.Contains(name))
        {
            Nested(Argument(), roman: true);
        }
        else if (Vocabulary.Uprights.Contains(name))
        {
            Upright(Argument());
        }
        else if (Vocabulary.Faces.Contains(name))
        {
            Face(Argument());
        }
        else if (name is "mathbb" or "mathcal" or "mathfrak" or "mathscr")
        {
            string argument = Argument();
            Add(TokenKind.Letter, argument == "1" ? "1" : $"{name}.{argument}");
        }
        else if (name is "left" or "right" or "middle" && _at < _text.Length && _text[_at] == '.')
        {
            _at++;
        }
        else if (name is "big" or "tfrac" or "left" or "right" || Vocabulary.Ignored.Contains(name))
        {
            Layout(name);
        }
        else
        {
            Named(name);
        }
    }

    private void Layout(string name)
    {
        if (name == "tfrac")
        {
            Add(TokenKind.Command, "frac");
            return;
        }

        _spaced |= name is "quad" or "qquad" or "space";
        if (name is "hspace" or "phantom" or "hphantom" or "vphantom" or "tag" or "label" or "color" or "textcolor" or "vspace")
        {
            Argument();
        }
    }

    private void Named(string name)
    {
        if (Vocabulary.Marks.TryGetValue(name, out string? mark))
        {
            Add(TokenKind.Mark, mark switch { "pm" => "±", "mp" => "∓", "circ" => "∘", _ => mark });
        }
        else if (Vocabulary.Commands.Contains(name))
        {
            Add(TokenKind.Command, name is "dfrac" or "cfrac" or "tfrac" ? "frac" : name is "dbinom" or "tbinom" ? "binom" : name);
        }
        else if (Vocabulary.Functions.TryGetValue(name, out string? function))
        {
            Add(TokenKind.Function, function);
        }
        else if (Vocabulary.Letters.TryGetValue(name, out string? letter))
        {
            Add(TokenKind.Letter, letter);
        }
        else if (name is "lfloor" or "lceil" or "langle")
        {
            _brackets++;
            Add(TokenKind.Open, name[1..]);
        }
        else if (name is "rfloor" or "rceil" or "rangle")
        {
            _brackets--;
            Add(TokenKind.Close, name[1..]);
        }
        else if (name is "lbrace" or "rbrace")
        {
            Add(name == "lbrace" ? TokenKind.Open : TokenKind.Close, name == "lbrace" ? "\\{" : "\\}");
        }
        else if (name is "lbrack" or "rbrack" or "lparen" or "rparen")
        {
            Add(name[0] == 'l' ? TokenKind.Open : TokenKind.Close, name switch { "lbrack" => "[", "rbrack" => "]", "lparen" => "(", _ => ")" });
        }
        else if (name is "percent" or "euro" or "pounds" or "dollar" or "textdollar" or "texteuro")
        {
            Add(
                name == "percent" ? TokenKind.Mark : TokenKind.Currency,
                name switch { "percent" => "%", "euro" or "texteuro" => "€", "pounds" => "£", _ => "$" });
        }
        else
        {
            throw new UnreadableException("a command that is not known");
        }
    }

    /// <summary>A backslash before a sign.</summary>
    private void Escaped()
    {
        char c = _at < _text.Length ? _text[_at++] : '\0';
        switch (c)
        {
            case '{':
                _brackets++;
                Add(TokenKind.Open, "\\{");
                break;
            case '}':
                _brackets--;
                Add(TokenKind.Close, "\\}");
                break;
            case '|':
                Add(TokenKind.Mark, "‖");
                break;
            case '\\':
                Add(TokenKind.Mark, "\\\\");
                break;
            case '%':
                Add(TokenKind.Mark, "%");
                break;
            case '$':
                Add(TokenKind.Currency, "$");
                break;
            case ',' or ';' or ':' or '!' or ' ' or '>' or '/' or '(' or ')' or '[' or ']' or '\n':
                _spaced |= c != '!';
                break;
            case '&' or '#' or '_':
                Add(TokenKind.Mark, c.ToString());
                break;
            default:
                throw new UnreadableException("a backslash without a command");
        }
    }

    /// <summary>The argument in braces, or one sign.</summary>
    private string Argument()
    {
        while (_at < _text.Length && (_text[_at] == ' ' || _text[_at] == '*'))
        {
            _at++;
        }

        if (_at >= _text.Length)
        {
            throw new UnreadableException("a command without its argument");
        }

        if (_text[_at] != '{')
        {
            return _text[_at++].ToString();
        }

        int start = _at + 1;
        int depth = 0;
        for (; _at < _text.Length; _at++)
        {
            depth += _text[_at] == '{' ? 1 : _text[_at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return _text[start.._at++];
            }
        }

        throw new UnreadableException("a brace that is not closed");
    }

    private void Nested(string content, bool roman)
    {
        if (_fonts >= DeepestFont)
        {
            throw new UndecidedException("fonts too deep");
        }

        Lexer inner = new(content, _tokens, roman || _roman, _brackets) { _fonts = _fonts + 1, _spaced = _spaced };
        inner.Run();
        _spaced = inner._spaced;
        _brackets = inner._brackets;
    }

    /// <summary>Upright letters: a constant, a function, a unit or a word.</summary>
    private void Upright(string content)
    {
        string name = content.Trim();
        if (Vocabulary.Functions.TryGetValue(name, out string? function))
        {
            Add(TokenKind.Function, function);
        }
        else if (name.Length > 1 && name.All(char.IsAsciiLetter) && !Units.IsPlain(name) && !Units.IsRoman(name) && NextOpens())
        {
            Add(TokenKind.Function, "?" + name);
        }
        else
        {
            Nested(content, roman: true);
        }
    }

    private bool NextOpens()
    {
        int next = _at;
        while (next < _text.Length && _text[next] == ' ')
        {
            next++;
        }

        return next < _text.Length && (_text[next] == '(' || string.CompareOrdinal(_text, next, "\\left(", 0, 6) == 0);
    }

    /// <summary>Bold or slanted letters: the same letters, except for the unit vectors.</summary>
    private void Face(string content)
    {
        string name = content.Trim();
        if (name is "i" or "j" or "k" or "\\hat{i}" or "\\hat{j}" or "\\hat{k}")
        {
            Add(TokenKind.Letter, $"vec.{name.Trim('}')[^1]}");
            return;
        }

        Add(TokenKind.Open, "{");
        Nested(content, roman: name.Length > 1 && name.All(c => char.IsAsciiLetter(c) || c == ' '));
        Add(TokenKind.Close, "}");
    }
}
