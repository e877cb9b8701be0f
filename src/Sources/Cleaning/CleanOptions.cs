using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Cleaning.Languages;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>The parameters of <see cref="CleanStage"/>.</summary>
public sealed record CleanOptions
{
    /// <summary>Duplicates are not looked for.</summary>
    public const string None = "none";

    /// <summary>Questions whose words are the same are duplicates; case, punctuation and white space are no difference.</summary>
    public const string Exact = "exact";

    /// <summary>Near ones as well: sets of word shingles with a Jaccard index of at least <see cref="Similarity"/>.</summary>
    public const string Near = "near";

    /// <summary>The values that <see cref="Duplicates"/> may have.</summary>
    public static IReadOnlyList<string> KnownDuplicates { get; } = [Exact, Near, None];

    /// <summary>One of <see cref="KnownDuplicates"/>. Default near.</summary>
    public string Duplicates { get; init; } = Near;

    /// <summary>The least Jaccard index of near duplicates, in (0, 1]. Default 0.7.</summary>
    public double Similarity { get; init; } = 0.7;

    /// <summary>Words of a shingle. Default 3: a changed word changes three shingles.</summary>
    public int ShingleWords { get; init; } = 3;

    /// <summary>
    /// True where a question that has 13 words in a row, or enough 8-grams, of a benchmark's question is a hit; false where only its whole text is.
    /// Default true.
    /// </summary>
    public bool Grams { get; init; } = true;

    /// <summary>The share of a benchmark question's 8-grams that makes a hit, in (0, 1]. Default 0.6.</summary>
    public double Coverage { get; init; } = 0.6;

    /// <summary>True where a benchmark's question with other numbers is a hit, too. Default true.</summary>
    public bool MaskNumbers { get; init; } = true;

    /// <summary>Fewer words are dropped. Default 1.</summary>
    public int MinWords { get; init; } = 1;

    /// <summary>More words are dropped; null for no limit.</summary>
    public int? MaxWords { get; init; }

    /// <summary>The least share of Latin letters among the letters, in [0, 1]; formulas and digits are no letters. Default 0: every script.</summary>
    public double MinLatinShare { get; init; }

    /// <summary>ISO 639-1 codes of <see cref="LanguageCodes.Known"/>: questions in another language are dropped. Default none: every language.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What is wrong with the parameters.</summary>
    public IEnumerable<UserError> Validate()
    {
        if (!KnownDuplicates.Contains(Duplicates))
        {
            yield return new UserError($"'duplicates' cannot be '{Duplicates}'.", "duplicates", NearestName.Hint(Duplicates, KnownDuplicates));
        }

        foreach (string code in Languages.Where(code => !LanguageCodes.Known.Contains(code)))
        {
            yield return new UserError($"There is no language '{Quoted.Of(code)}' in cleaning.", "languages", LanguageHint(code));
        }

        foreach ((string name, double value, bool open) in
            new[] { ("similarity", Similarity, true), ("coverage", Coverage, true), ("minLatinShare", MinLatinShare, false) })
        {
            if (!(value >= 0 && value <= 1) || (open && value == 0))
            {
                yield return new UserError(
                    FormattableString.Invariant($"'{name}' is {value}."), name, open ? "Give a number above 0, at most 1." : "Give a number from 0 to 1.");
            }
        }

        foreach ((string name, int value) in new[] { ("shingleWords", ShingleWords), ("minWords", MinWords), ("maxWords", MaxWords ?? 1) })
        {
            if (value < 1)
            {
                yield return new UserError(FormattableString.Invariant($"'{name}' is {value}."), name, "Give an integer of at least 1.");
            }
        }
    }

    /// <summary>What to write in place of a language that is not known.</summary>
    public static string LanguageHint(string code) =>
        (NearestName.Find(code, LanguageCodes.Known) is { } near ? $"Did you mean '{near}'? " : "")
            + $"Write codes of ISO 639-1; known: {string.Join(", ", LanguageCodes.Known)}.";
}
