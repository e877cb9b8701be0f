using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// Python's notions of text, where they differ from .NET's: <c>\w</c> is letters, all numbers and the underscore (no combining marks),
/// <c>\s</c> includes the separators U+001C to U+001F.
/// </summary>
internal static partial class PythonText
{
    /// <summary><c>\s</c> inside of a character class.</summary>
    public const string Space = @"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

    /// <summary><c>\w</c> inside of a character class.</summary>
    public const string Word = @"\p{L}\p{N}_";

    private static readonly char[] Spaces =
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsSpace)];

    /// <summary>str.isspace of one character.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>Python's <c>str.strip()</c>: white space off both ends.</summary>
    public static string Strip(string text) => text.Trim(Spaces);

    /// <summary>Python's <c>str.rstrip()</c>: white space off the end.</summary>
    public static string StripEnd(string text) => text.TrimEnd(Spaces);

    /// <summary>
    /// The last letter of <c>\b[A-x]\b</c>: one from A to <paramref name="last"/> with no word character beside it; -1 without one.
    /// </summary>
    public static int LastLoneLetter(string text, char last)
    {
        for (int i = text.AsSpan().LastIndexOfAnyInRange('A', last); i >= 0; i = text.AsSpan(0, i).LastIndexOfAnyInRange('A', last))
        {
            if (!EndsInWord(text, i) && !IsWordAt(text, i + 1, out _))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True when a word character is at the place; its length in UTF-16.</summary>
    public static bool IsWordAt(string text, int at, out int length)
    {
        length = 0;
        return at < text.Length && Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out length) == OperationStatus.Done && IsWord(rune);
    }

    /// <summary>True when int() takes the text: a sign, digits of any script, single underscores between them, at most 4,300 digits.</summary>
    public static bool IsInteger(string text)
    {
        string number = Strip(text);
        int begin = number.StartsWith('-') || number.StartsWith('+') ? 1 : 0;
        int digits = 0;
        for (int i = begin; i < number.Length; i++)
        {
            bool joins = number[i] == '_' && i > begin && number[i - 1] != '_' && i + 1 < number.Length;
            if (!joins && !char.IsDigit(number[i]))
            {
                return false;
            }

            digits += joins ? 0 : 1;
        }

        return digits is > 0 and <= 4300;
    }

    /// <summary>True when str(int(text)) is the text: no sign but a minus, no zero in front.</summary>
    public static bool IsCanonicalInteger(string text) => Canonical().IsMatch(text);

    /// <summary>float(): null where it raises an error. Digits of any script count, and single underscores between digits.</summary>
    public static double? Float(string text)
    {
        string number = string.Concat(Strip(text).Select(AsciiDigit));
        string digits = number.TrimStart('+', '-');
        if (digits.Length + 1 < number.Length)
        {
            return null;
        }

        double? value = digits.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ when Decimal().IsMatch(digits) =>
                double.Parse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => null,
        };
        return number.StartsWith('-') ? -value : value;
    }

    private static char AsciiDigit(char c) => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and int digit ? (char)('0' + digit) : c;

    private static bool EndsInWord(string text, int end) =>
        end > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out Rune rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) =>
        Rune.IsLetter(rune) || rune.Value == '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    [GeneratedRegex(@"\A(?:0|-?[1-9][0-9]{0,4299})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();

    [GeneratedRegex(@"\A(?:(?:[0-9]+_)*[0-9]+\.?(?:(?:[0-9]+_)*[0-9]+)?|\.(?:[0-9]+_)*[0-9]+)(?:[eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
