using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Lexer
{
    private static readonly string[] Operators =
        ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private void ReadTag(bool block)
    {
        Stack<char> open = [];
        while (true)
        {
            if (_at >= _source.Length)
            {
                throw Error(block ? "A tag '{%' has no end." : "A tag '{{' has no end.");
            }

            if (open.Count == 0 && ReadEnd(block))
            {
                return;
            }

            char c = _source[_at];
            if (PythonText.IsSpace(c))
            {
                _at++;
            }
            else if (char.IsAsciiDigit(c))
            {
                ReadNumber();
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                int end = _at + 1;
                while (end < _source.Length && (char.IsAsciiLetterOrDigit(_source[end]) || _source[end] == '_'))
                {
                    end++;
                }

                Add(TokenKind.Name, _source[_at..end]);
                _at = end;
            }
            else if (c is '\'' or '"')
            {
                ReadString(c);
            }
            else
            {
                ReadOperator(open);
            }
        }
    }

    private bool ReadEnd(bool block)
    {
        string end = block ? "%}" : "}}";
        char sign = _source[_at] == '-' || (block && _source[_at] == '+') ? _source[_at] : ' ';
        int at = _at + (sign == ' ' ? 0 : 1);
        if (string.CompareOrdinal(_source, at, end, 0, 2) != 0)
        {
            return false;
        }

        Add(block ? TokenKind.BlockEnd : TokenKind.VariableEnd, end);
        _at = at + 2;
        AfterTag(sign, trim: block);
        return true;
    }

    private void ReadOperator(Stack<char> open)
    {
        string? text = Array.Find(Operators, each => string.CompareOrdinal(_source, _at, each, 0, each.Length) == 0)
            ?? throw Error($"The character '{_source[_at]}' (U+{(int)_source[_at]:X4}) is not supported in a tag.");
        if (text is "(" or "[" or "{")
        {
            open.Push(text[0] switch { '(' => ')', '[' => ']', _ => '}' });
        }
        else if (text is ")" or "]" or "}" && (open.Count == 0 || open.Pop() != text[0]))
        {
            throw Error($"The bracket '{text}' closes nothing.");
        }

        Add(TokenKind.Operator, text);
        _at += text.Length;
    }

    private void ReadString(char quote)
    {
        int end = _at + 1;
        while (end < _source.Length && _source[end] != quote)
        {
            end += _source[end] == '\\' ? 2 : 1;
        }

        if (end >= _source.Length)
        {
            throw Error($"A string that begins with {quote} has no end.");
        }

        string text = StringEscapes.Decode(_source[(_at + 1)..end])
            ?? throw Error($"An escape in the string {_source[_at..(end + 1)]} is not supported.");
        Add(TokenKind.String, text);
        _at = end + 1;
    }
}
