namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A decimal of at most eighteen digits without separators: the short way for answers that are nothing else.</summary>
/// <param name="Digits">All digits as one number, without zeros at the end of the decimals.</param>
/// <param name="Decimals">How many of them are decimals.</param>
internal readonly record struct PlainNumber(long Digits, int Decimals)
{
    private const int MostDigits = 18;

    /// <summary>Reads <c>-12.50</c> with blanks around it; false for anything else.</summary>
    public static bool TryParse(string text, out PlainNumber number)
    {
        number = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim(' ');
        bool negative = !rest.IsEmpty && rest[0] == '-';
        rest = negative ? rest[1..] : rest;
        if (rest.IsEmpty || rest.Length > MostDigits || !char.IsAsciiDigit(rest[0]))
        {
            return false;
        }

        (long digits, int decimals, bool point) = (0, 0, false);
        foreach (char c in rest)
        {
            if (c == '.' && !point)
            {
                point = true;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits = (digits * 10) + (c - '0');
                decimals += point ? 1 : 0;
            }
            else
            {
                return false;
            }
        }

        while (decimals > 0 && digits % 10 == 0)
        {
            (digits, decimals) = (digits / 10, decimals - 1);
        }

        number = new(negative ? -digits : digits, decimals);
        return true;
    }
}
