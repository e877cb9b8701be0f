using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>Reads an option's letter out of what a commitment says: a letter, the option's own words, or words that name the letter.</summary>
internal static partial class OptionReader
{
    /// <summary>
    /// Decided with a letter: that option. Decided without: it names more than one option, or a letter that is none. Undecided: it names
    /// nothing.
    /// </summary>
    /// <param name="text">What the commitment says.</param>
    /// <param name="options">The options in order.</param>
    /// <param name="equality">False where options are told by their words alone: equality of mathematics costs up to a tenth of a second each.</param>
    public static (bool Decided, string? Letter) Read(string text, IReadOnlyList<string> options, bool equality)
    {
        string value = Copula().Replace(Negated().Replace(TextFolding.Compatible(text), ""), "");
        if (Several().Match(value) is { Success: true } several
            && InRange(several.Groups["a"].Value, options) && InRange(several.Groups["b"].Value, options))
        {
            return (true, null);
        }

        if (Alone().Match(value) is { Success: true } alone)
        {
            return (true, Letter(alone.Groups["letter"].Value, options));
        }

        if (SameWords(value, options) is { } words)
        {
            return (true, words);
        }

        if (Leading().Match(value) is { Success: true } leading)
        {
            return (true, Letter(leading.Groups["letter"].Value, options));
        }

        string[] named =
        [
            .. Named().Matches(value).Select(match => match.Groups["letter"].Value).Where(letter => InRange(letter, options)).Distinct(StringComparer.Ordinal),
        ];
        if (named.Length > 0)
        {
            return (true, named.Length == 1 ? Letter(named[0], options) : null);
        }

        if (equality && Equal(value, options) is { } equal)
        {
            return (true, equal);
        }

        // What is left of a formula in LaTeX is not looked into: \frac{PL}{4} contains PL.
        return !value.Contains('\\', StringComparison.Ordinal) && OptionWords.Named(value, options) is [string contained] ? (true, contained) : (false, null);
    }

    /// <summary>The letter where the whole text is nothing but a letter, an option's words, or both.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options in order.</param>
    /// <param name="equality">As in <see cref="Read"/>.</param>
    public static string? ReadWhole(string text, IReadOnlyList<string> options, bool equality)
    {
        text = Called().Replace(text, "");
        if (Alone().Match(text) is { Success: true } alone)
        {
            return Letter(alone.Groups["letter"].Value, options);
        }

        if (Leading().Match(text) is { Success: true } leading && Letter(leading.Groups["letter"].Value, options) is { } letter)
        {
            // The letter counts, also beside the words of another option.
            string rest = text[leading.Length..];
            if (SameWords(rest, options) is not null || (equality && AnswerEquality.Same(options[letter[0] - 'A'], rest)))
            {
                return letter;
            }
        }

        return SameWords(text, options) ?? (equality ? Equal(text, options) : null);
    }

    private static bool InRange(string letter, IReadOnlyList<string> options) => Letter(letter, options) is not null;

    /// <summary>The option of this letter, in upper case; null where there is none.</summary>
    public static string? Letter(string letter, IReadOnlyList<string> options)
    {
        int index = char.ToUpperInvariant(letter[0]) - 'A';
        return index >= 0 && index < options.Count ? ((char)('A' + index)).ToString() : null;
    }

    /// <summary>The one option whose words these are, apart from letter case and punctuation.</summary>
    private static string? SameWords(string text, IReadOnlyList<string> options)
    {
        string words = OptionWords.Fold(text);
        return words.Length > 2 ? Only(options, option => OptionWords.Fold(option) == words) : null;
    }

    /// <summary>The one option that is the same answer.</summary>
    private static string? Equal(string text, IReadOnlyList<string> options) => Only(options, option => AnswerEquality.Same(option, text));

    private static string? Only(IReadOnlyList<string> options, Func<string, bool> fits)
    {
        int found = -1;
        for (int i = 0; i < options.Count; i++)
        {
            if (fits(options[i]))
            {
                if (found >= 0)
                {
                    return null;
                }

                found = i;
            }
        }

        return found < 0 ? null : ((char)('A' + found)).ToString();
    }

    // "Option B": the letter is what counts.
    [GeneratedRegex(@"\A(?:option|choice|letter)\s+(?=[(\[]?[A-Za-z][)\]]?(?:[.:,]|\z))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Called();

    // "B desu", "B imnida": is B.
    [GeneratedRegex(@"(?<=\A[^\p{L}]*[A-Za-z][)\]]*)\s*(?:です|だ|である|입니다|이다)[。.]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Copula();

    // "not A but B", "not A, it is B": what is denied.
    [GeneratedRegex(@"\A\s*not \(?[A-Za-z]\)?(?:,? but|[,;.:] it is|[,;.:] it's)\s+|, not .*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Negated();

    [GeneratedRegex(@"\A[(\[]?(?<a>[A-Z])[)\]]?\s*(?:,|/|or|and|&|and/or)\s*[(\[]?(?<b>[A-Z])[)\]]?(?![\w])", RegexOptions.CultureInvariant)]
    private static partial Regex Several();

    [GeneratedRegex(@"\A[\s""'(\[{]*(?<letter>[A-Za-z])[\s""')\]}.:,!。]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    // "(C) It doubles", "C) It doubles", "C. It doubles", "B (tesla)", "B because ..."; but not "A gas", "I think", "D = 120", "c to f".
    [GeneratedRegex(
        @"\A(?:[(\[](?<letter>[A-Za-z])[)\]]|(?<letter>[A-Z])[).:,;]|(?<letter>[A-Z])(?= ?\()"
        + @"|(?<letter>[B-HJ-Z])(?= [a-z]|[-–—]| [-–—] )|(?<letter>[A-Z])(?= (?:because|since|as)\b))(?!\w)\s*",
        RegexOptions.CultureInvariant)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"\((?<letter>[A-Z])\)|\b(?:[Oo]ption|[Ss]o|that is|it is) (?<letter>[A-Z])(?=[.,)]?(?:\z|\s))|, [(\[]?(?<letter>[A-HJ-Z])[)\]]?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
