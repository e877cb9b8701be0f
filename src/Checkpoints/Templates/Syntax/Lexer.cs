using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

/// <summary>Cuts a template into tokens: text outside of tags here, what is in tags in <c>Lexer.Tags.cs</c>.</summary>
internal sealed partial class Lexer
{
    private readonly string _source;
    private readonly string _origin;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _counted;

    // Jinja's line_starting: the piece before ended with a newline.
    private bool _lineStarts = true;

    private Lexer(string source, string origin)
    {
        string text = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        _source = text.EndsWith('\n') ? text[..^1] : text;
        _origin = origin;
    }

    public static List<Token> Read(string source, string origin)
    {
        Lexer lexer = new(source, origin);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            int tag = NextTag(_at);
            if (tag < 0)
            {
                Add(TokenKind.Data, _source[_at..]);
                _at = _source.Length;
                break;
            }

            char kind = _source[tag + 1];
            char sign = tag + 2 < _source.Length && _source[tag + 2] is '-' or '+' ? _source[tag + 2] : ' ';
            AddData(Stripped(_source[_at..tag], sign, lstrip: kind != '{'));
            _at = tag + (sign == ' ' ? 2 : 3);
            _lineStarts = false;
            switch (kind)
            {
                case '#':
                    SkipComment();
                    break;
                case '%' when RawBegin() is { } end:
                    _at = end;
                    ReadRaw();
                    break;
                case '%':
                    Add(TokenKind.BlockBegin, "{%");
                    ReadTag(block: true);
                    break;
                default:
                    Add(TokenKind.VariableBegin, "{{");
                    ReadTag(block: false);
                    break;
            }
        }

        Add(TokenKind.End, "");
    }

    private int NextTag(int from)
    {
        for (int at = _source.IndexOf('{', from); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Text before a tag, less what the tag's sign or lstrip_blocks takes.</summary>
    private string Stripped(string text, char sign, bool lstrip)
    {
        if (sign == '-')
        {
            return PythonText.TrimEnd(text);
        }

        int lineAt = text.LastIndexOf('\n') + 1;
        bool takes = sign != '+' && lstrip && (lineAt > 0 || _lineStarts) && PythonText.TrimEnd(text[lineAt..]).Length == 0;
        return takes ? text[..lineAt] : text;
    }

    private void SkipComment()
    {
        int end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("A comment has no end '#}'.");
        }

        char sign = end > _at ? _source[end - 1] : ' ';
        _at = end + 2;
        AfterTag(sign, trim: true);
    }

    /// <summary>What a tag's end takes of the text behind it: all white space with '-', one newline of a block without '+'.</summary>
    private void AfterTag(char sign, bool trim)
    {
        int from = _at;
        if (sign == '-')
        {
            while (_at < _source.Length && PythonText.IsSpace(_source[_at]))
            {
                _at++;
            }
        }
        else if (trim && sign != '+' && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
        }

        _lineStarts = _at > from && _source[_at - 1] == '\n';
    }

    /// <summary>Where the content of a raw block begins, when this tag opens one.</summary>
    private int? RawBegin()
    {
        int at = SkipSpace(_at);
        if (string.CompareOrdinal(_source, at, "raw", 0, 3) != 0)
        {
            return null;
        }

        at = SkipSpace(at + 3);
        if (string.CompareOrdinal(_source, at, "%}", 0, 2) == 0)
        {
            return at + 2;
        }

        return string.CompareOrdinal(_source, at, "-%}", 0, 3) == 0 ? SkipSpace(at + 3) : null;
    }

    private void ReadRaw()
    {
        _lineStarts = _source[_at - 1] == '\n';
        for (int at = _at; (at = _source.IndexOf("{%", at, StringComparison.Ordinal)) >= 0; at += 2)
        {
            char sign = at + 2 < _source.Length && _source[at + 2] is '-' or '+' ? _source[at + 2] : ' ';
            int name = SkipSpace(at + (sign == ' ' ? 2 : 3));
            if (string.CompareOrdinal(_source, name, "endraw", 0, 6) != 0)
            {
                continue;
            }

            int end = SkipSpace(name + 6);
            char closing = end < _source.Length && _source[end] is '-' or '+' ? _source[end] : ' ';
            end += closing == ' ' ? 0 : 1;
            if (string.CompareOrdinal(_source, end, "%}", 0, 2) == 0)
            {
                AddData(Stripped(_source[_at..at], sign, lstrip: true));
                _at = end + 2;
                AfterTag(closing, trim: true);
                return;
            }
        }

        throw Error("A raw block has no end.");
    }

    private int SkipSpace(int at)
    {
        while (at < _source.Length && PythonText.IsSpace(_source[at]))
        {
            at++;
        }

        return at;
    }

    private void AddData(string text)
    {
        if (text.Length > 0)
        {
            Add(TokenKind.Data, text);
        }
    }

    private void Add(TokenKind kind, string text, object? number = null)
    {
        CountLines();
        _tokens.Add(new Token(kind, text, _line, number));
    }

    private void CountLines()
    {
        for (; _counted < _at; _counted++)
        {
            _line += _source[_counted] == '\n' ? 1 : 0;
        }
    }

    private UserErrorException Error(string message)
    {
        CountLines();
        return TemplateErrors.At(_origin, _line, message);
    }
}
