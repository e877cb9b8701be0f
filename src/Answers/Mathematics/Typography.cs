using System.Globalization;
using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Spells characters outside of ASCII as TeX or ASCII writes what they show.</summary>
internal static class Typography
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";

    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ";

    private const string Scripted = "0123456789+-=()ni";

    private const string GreekLetters = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩϑϕ";

    private static readonly string[] GreekNames =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma",
        "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "vartheta", "phi",
    ];

    /// <summary>The text in ASCII as far as its characters are known; others stay.</summary>
    public static string Spell(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        StringBuilder spelled = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            if (!Script(text, ref i, Superscripts, '^', spelled) && !Script(text, ref i, Subscripts, '_', spelled))
            {
                spelled.Append(Character(text, i));
            }
        }

        return Digits(TextFolding.Compatible(spelled.ToString()));
    }

    private static bool Script(string text, ref int i, string characters, char mark, StringBuilder spelled)
    {
        int end = i;
        while (end < text.Length && characters.Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }

        if (end == i)
        {
            return false;
        }

        // A small number before a root sign is its index.
        if (mark == '^' && end < text.Length && text[end] == '√')
        {
            spelled.Append("\\radical[").Append(Scripted[characters.IndexOf(text[i], StringComparison.Ordinal)]).Append("] ");
            i = end;
            return true;
        }

        spelled.Append(mark).Append('{');
        for (; i < end; i++)
        {
            spelled.Append(Scripted[characters.IndexOf(text[i], StringComparison.Ordinal)]);
        }

        i--;
        spelled.Append('}');
        return true;
    }

    private static string Character(string text, int i)
    {
        char c = text[i];
        int greek = GreekLetters.IndexOf(c, StringComparison.Ordinal);
        if (greek >= 0)
        {
            return $"\\{GreekNames[greek]} ";
        }

        bool afterDigit = i > 0 && char.IsDigit(text[i - 1]);
        return c switch
        {
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' or '\uFE63' or '\uFF0D' => "-",
            '×' or '✕' or '⨯' => "\\times ",
            '·' or '⋅' or '∙' or '•' => "\\cdot ",
            '∗' => "*",
            '÷' => "\\div ",
            '⁄' or '∕' => "/",
            '∘' => "^\\circ ",
            '℃' => "^\\circ C",
            '℉' => "^\\circ F",
            'µ' => "\\mu ",
            '\u2126' => "\\Omega ",
            '∧' => "\\land ",
            '∨' => "\\lor ",
            '‖' => "\\|",
            '٫' => ".",
            '٬' => ",",
            '≤' or '⩽' or '≦' => "\\le ",
            '≥' or '⩾' or '≧' => "\\ge ",
            '≠' => "\\ne ",
            '≈' => "\\approx ",
            '≡' => "\\equiv ",
            '±' => "\\pm ",
            '∓' => "\\mp ",
            '∞' => "\\infty ",
            '∪' => "\\cup ",
            '∩' => "\\cap ",
            '∖' => "\\setminus ",
            '∈' => "\\in ",
            '∉' => "\\notin ",
            '∅' => "\\emptyset ",
            '√' => "\\radical ",
            '∛' => "\\radical[3] ",
            '∜' => "\\radical[4] ",
            '∑' => "\\sum ",
            '∏' => "\\prod ",
            '∫' => "\\int ",
            '→' or '⟶' => "\\to ",
            '⇒' => "\\Rightarrow ",
            '°' or 'º' or '˚' => "^\\circ ",
            '′' or '\u2019' or '\u2018' => "'",
            '″' => "''",
            '\u201C' or '\u201D' => "\"",
            'ℝ' => "\\mathbb{R}",
            'ℤ' => "\\mathbb{Z}",
            'ℕ' => "\\mathbb{N}",
            'ℚ' => "\\mathbb{Q}",
            'ℂ' => "\\mathbb{C}",
            '⌊' => "\\lfloor ",
            '⌋' => "\\rfloor ",
            '⌈' => "\\lceil ",
            '⌉' => "\\rceil ",
            '⟨' or '〈' => "\\langle ",
            '⟩' or '〉' => "\\rangle ",
            '∣' => "|",
            '∠' => "\\angle ",
            '△' => "\\triangle ",
            'ℓ' => "\\ell ",
            '\u2009' or '\u202F' => "\\,",
            '\u0305' => "\\overbar ",
            _ when CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format => "",
            _ when CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherNumber => afterDigit ? " " + c : c.ToString(),
            _ when char.IsWhiteSpace(c) => " ",
            _ => c.ToString(),
        };
    }

    private static string Digits(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int digit = CharUnicodeInfo.GetDecimalDigitValue(text, i);
            if (digit >= 0)
            {
                plain.Append((char)('0' + digit));
                i += char.IsHighSurrogate(text[i]) ? 1 : 0;
            }
            else if (GreekLetters.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and int greek)
            {
                plain.Append('\\').Append(GreekNames[greek]).Append(' ');
            }
            else if (text[i] == '\u2044')
            {
                i = Fraction(text, i, plain);
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>A fraction that was one character: its digits are on both sides of the slash now.</summary>
    private static int Fraction(string text, int slash, StringBuilder plain)
    {
        int start = plain.Length;
        while (start > 0 && char.IsAsciiDigit(plain[start - 1]))
        {
            start--;
        }

        int end = slash + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        string over = plain.ToString(start, plain.Length - start);
        plain.Length = start;
        plain.Append("\\frac{").Append(over).Append("}{").Append(text, slash + 1, end - slash - 1).Append('}');
        return end - 1;
    }
}
