using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Cleaning.Languages;

/// <summary>
/// Tells the language of a question by its script and by frequent words. A word that k languages have counts 1/k for each,
/// and once, however often it is there: options repeat the names of functions and elements. Immutable, safe for
/// several threads; the result is a pure function of the text.
/// </summary>
internal sealed class LanguageDetector
{
    // A whole word's weight, a multiple of most small numbers.
    private const int Word = 60;
    private const int MaxWord = 32;

    // Less tells nothing: a word that only one language has counts 60.
    private const int LeastScore = 75;

    // In percent: least weight of a language's words among all words; least lead over a preferred language.
    private const int LeastShare = 7;
    private const int Lead = 110;

    // Weighted letters of another script than the Latin one: a short word, and a sentence beside Latin words that tell nothing.
    private const int LeastLetters = 6;
    private const int Sentence = 30;

    private readonly string[] _languages;
    private readonly int[] _scripts;
    private readonly FrozenDictionary<string, int[]> _words;
    private readonly FrozenDictionary<char, int[]> _letters;
    private readonly int _vietnamese;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _find;

    /// <summary>Reads the tables.</summary>
    public LanguageDetector()
    {
        List<string> languages = [];
        List<int> scripts = [];
        Dictionary<string, SortedSet<int>> words = new(StringComparer.Ordinal);
        Dictionary<char, SortedSet<int>> letters = [];
        foreach (string line in FunctionWords.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
            string[] own = parts[0].Normalize(NormalizationForm.FormKC).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in own[1..])
            {
                Add(words, word, languages.Count);
            }

            foreach (char letter in parts.Length > 1 ? parts[1].Normalize(NormalizationForm.FormKC) : "")
            {
                Add(letters, letter, languages.Count);
            }

            languages.Add(own[0]);
            scripts.Add(Scripts.Of(own[1][0]));
        }

        _languages = [.. languages];
        _scripts = [.. scripts];
        _vietnamese = languages.IndexOf("vi");
        _words = words.ToFrozenDictionary(word => word.Key, word => word.Value.ToArray(), StringComparer.Ordinal);
        _letters = letters.ToFrozenDictionary(letter => letter.Key, letter => letter.Value.ToArray());
        _find = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The languages that can be told, in ordinal order of their ISO 639-1 codes.</summary>
    public IReadOnlyList<string> Known => [.. _languages.Concat(Scripts.Languages.OfType<string>()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// The ISO 639-1 code of the language in which most of the texts is, a preferred one where it is close; null where there are too few words to tell.
    /// </summary>
    public string? Detect(IEnumerable<string> texts, IReadOnlyCollection<string> preferred)
    {
        LanguageTally tally = new(_languages.Length);
        foreach (string text in texts)
        {
            Read(Prose.Of(text), tally);
        }

        return Decide(tally, preferred);
    }

    private static void Add<T>(Dictionary<T, SortedSet<int>> table, T key, int language)
        where T : notnull
    {
        if (!table.TryGetValue(key, out SortedSet<int>? languages))
        {
            table[key] = languages = [];
        }

        languages.Add(language);
    }

    private string? Decide(LanguageTally tally, IReadOnlyCollection<string> preferred)
    {
        // Kanji are between kana in Japanese, and alone in Chinese.
        int han = tally.Letters[Scripts.Han] + tally.Letters[Scripts.Kana];
        bool japanese = tally.Letters[Scripts.Kana] * 10 > han;
        (tally.Letters[Scripts.Han], tally.Letters[Scripts.Kana]) = japanese ? (0, han) : (han, 0);
        int other = Scripts.Greek;
        for (int script = other + 1; script < tally.Letters.Length; script++)
        {
            other = tally.Letters[script] > tally.Letters[other] ? script : other;
        }

        int latin = tally.Letters[Scripts.Latin];
        bool mostlyOther = tally.Letters[other] > latin;
        if (!mostlyOther && Best(tally, Scripts.Latin, preferred) is var (language, score) && score >= LeastScore
            && score * 100 >= LeastShare * Word * tally.LatinWords)
        {
            return _languages[language];
        }

        if (tally.Letters[other] < (mostlyOther ? LeastLetters : Math.Max(Sentence, latin / 2)))
        {
            return null;
        }

        return Best(tally, other, preferred) is { Score: > 0 } own ? _languages[own.Language] : Scripts.Languages[other];
    }

    // The language of a script with the most weight; a preferred one unless another leads it clearly.
    private (int Language, int Score) Best(LanguageTally tally, int script, IReadOnlyCollection<string> preferred)
    {
        (int Language, int Score) wanted = default, foreign = default;
        for (int i = 0; i < _languages.Length; i++)
        {
            if (_scripts[i] == script)
            {
                ref (int Language, int Score) best = ref preferred.Contains(_languages[i]) ? ref wanted : ref foreign;
                best = tally.Scores[i] > best.Score ? (i, tally.Scores[i]) : best;
            }
        }

        return foreign.Score * 100 > Lead * wanted.Score ? foreign : wanted;
    }

    private void Read(string text, LanguageTally tally)
    {
        string folded = Words.Fold(text);
        int start = -1;
        for (int i = 0; i <= folded.Length; i++)
        {
            bool inside = i < folded.Length
                && (char.IsLetterOrDigit(folded[i]) || folded[i] == '_'
                    || char.GetUnicodeCategory(folded[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                Count(folded.AsSpan(start, i - start), tally);
                start = -1;
            }
        }
    }

    // Words with digits, with a capital behind a small letter, or of two alphabets are names of variables, units or chemicals.
    private void Count(ReadOnlySpan<char> word, LanguageTally tally)
    {
        int script = Scripts.Of(word[0]);
        bool syllables = script >= 0 && Scripts.Weight(script) > 1;
        for (int i = 0; i < word.Length; i++)
        {
            int own = Scripts.Of(word[i]);
            if (syllables && own >= 0 && Scripts.Weight(own) > 1)
            {
                tally.Letters[own] += Scripts.Weight(own);
            }
            else if (!syllables && (own != script || !char.IsLetter(word[i]) || (i > 0 && char.IsUpper(word[i]) && char.IsLower(word[i - 1])))
                && char.GetUnicodeCategory(word[i]) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                return;
            }
        }

        if (syllables || script < 0 || word.Length < Shortest(script, word[0]) || (script == Scripts.Latin && word.Length > MaxWord))
        {
            return;
        }

        // Thai, Lao, Khmer and Burmese have no blanks between words: a sentence is one.
        tally.Letters[script] += word.Length;
        if (word.Length > MaxWord)
        {
            return;
        }

        Span<char> lower = stackalloc char[MaxWord];
        lower = lower[..word.ToLowerInvariant(lower)];
        if (!tally.IsNew(lower))
        {
            return;
        }

        tally.LatinWords += script == Scripts.Latin ? 1 : 0;
        if (_find.TryGetValue(lower, out int[]? languages))
        {
            Give(languages, Word, tally);
        }

        foreach (char letter in lower.Length > 1 ? lower : [])
        {
            if (letter > 127 && _letters.TryGetValue(letter, out int[]? owners))
            {
                Give(owners, Word / 2, tally);
                return;
            }

            // Latin Extended Additional from here on is Vietnamese: letters with two marks.
            if (letter is >= (char)0x1EA0 and <= (char)0x1EF9)
            {
                tally.Scores[_vietnamese] += Word;
                return;
            }
        }
    }

    private static int Shortest(int script, char letter) => script == Scripts.Greek ? 3 : script == Scripts.Latin && char.IsAscii(letter) ? 2 : 1;

    private static void Give(int[] languages, int weight, LanguageTally tally)
    {
        foreach (int language in languages)
        {
            tally.Scores[language] += weight / languages.Length;
        }
    }
}
