using System.Globalization;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

internal sealed partial class Lexer
{
    /// <summary>A number as Jinja's lexer cuts it: behind a dot a digit is an index, never the beginning of a fraction.</summary>
    private void ReadNumber()
    {
        int whole = Digits(_at);
        int end = whole;
        bool isFloat = false;
        if (_at == 0 || _source[_at - 1] != '.')
        {
            int fraction = whole < _source.Length && _source[whole] == '.' ? Digits(whole + 1) : whole;
            fraction = fraction == whole + 1 ? whole : fraction;
            int exponent = Exponent(fraction);
            (end, isFloat) = (exponent, exponent > whole);
        }

        if (isFloat)
        {
            string text = _source[_at..end].Replace("_", "", StringComparison.Ordinal);
            Add(TokenKind.Float, _source[_at..end], double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            _at = end;
            return;
        }

        ReadInteger(whole);
    }

    private void ReadInteger(int end)
    {
        string text = _source[_at..end].Replace("_", "", StringComparison.Ordinal);
        bool plain = text[0] != '0' || text.All(digit => digit == '0');
        if (!plain || (end < _source.Length && (char.IsAsciiLetter(_source[end]) || _source[end] == '_')))
        {
            throw Error($"The number '{_source[_at..Math.Min(end + 1, _source.Length)]}' is not supported; decimal numbers are.");
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            throw Error($"The number {text}, beyond 64 bits, is not supported.");
        }

        Add(TokenKind.Integer, text, value);
        _at = end;
    }

    /// <summary>The end of digits that single underscores may part.</summary>
    private int Digits(int at)
    {
        int end = at;
        while (end < _source.Length
            && (char.IsAsciiDigit(_source[end])
                || (_source[end] == '_' && end > at && end + 1 < _source.Length && char.IsAsciiDigit(_source[end - 1]) && char.IsAsciiDigit(_source[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private int Exponent(int at)
    {
        if (at >= _source.Length || _source[at] is not ('e' or 'E'))
        {
            return at;
        }

        int digits = at + 1 < _source.Length && _source[at + 1] is '+' or '-' ? at + 2 : at + 1;
        int end = Digits(digits);
        return end > digits ? end : at;
    }
}
