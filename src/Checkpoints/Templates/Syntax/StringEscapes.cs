using System.Globalization;
using System.Text;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

/// <summary>Escapes in strings as Python's codec <c>unicode-escape</c> reads them, through which Jinja sends its strings.</summary>
internal static class StringEscapes
{
    /// <summary>The text without escapes; null when there is one that is not supported.</summary>
    public static string? Decode(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder decoded = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                decoded.Append(text[i]);
                continue;
            }

            if (++i >= text.Length || !char.IsAscii(text[i]))
            {
                return null;
            }

            switch (text[i])
            {
                case '\n':
                    break;
                case '\\' or '\'' or '"':
                    decoded.Append(text[i]);
                    break;
                case 'a':
                    decoded.Append('\a');
                    break;
                case 'b':
                    decoded.Append('\b');
                    break;
                case 'f':
                    decoded.Append('\f');
                    break;
                case 'n':
                    decoded.Append('\n');
                    break;
                case 'r':
                    decoded.Append('\r');
                    break;
                case 't':
                    decoded.Append('\t');
                    break;
                case 'v':
                    decoded.Append('\v');
                    break;
                case 'x' or 'u' or 'U':
                    if (Hexadecimal(text, ref i) is not { } read)
                    {
                        return null;
                    }

                    decoded.Append(read);
                    break;
                case 'N' or (>= '0' and <= '7'):
                    return null;
                default:
                    decoded.Append('\\').Append(text[i]);
                    break;
            }
        }

        return decoded.ToString();
    }

    private static string? Hexadecimal(string text, ref int at)
    {
        int digits = text[at] switch { 'x' => 2, 'u' => 4, _ => 8 };
        if (at + digits >= text.Length
            || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            || code is < 0 or > 0x10FFFF)
        {
            return null;
        }

        at += digits;
        return code > 0xFFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString();
    }
}
