using NaturalThoughts.Records;
using NaturalThoughts.Sources.Cleaning.Languages;
using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>What cleaning needs to know of a question.</summary>
internal sealed record QuestionFeatures
{
    public required string Id { get; init; }

    /// <summary>The hash of all words; equal for exact duplicates.</summary>
    public required UInt128 Exact { get; init; }

    /// <summary>Why the question is dropped for itself or for a benchmark; null where it is not.</summary>
    public DroppedQuestion? Dropped { get; init; }

    /// <summary>True where the language was asked for and there were too few words to tell.</summary>
    public bool Undetermined { get; init; }

    public ulong[]? Bands { get; init; }

    /// <summary>The set of shingles in ascending order.</summary>
    public uint[]? Shingles { get; init; }

    /// <summary>A pure function of the question, the options and the index. The detector is null where every language is welcome.</summary>
    public static QuestionFeatures Of(Question question, CleanOptions options, ContaminationIndex benchmarks, LanguageDetector? detector)
    {
        Words words = new Words().Read(question.Text);
        int stem = words.Plain.Length;
        foreach (string option in question.Options)
        {
            words.Append(option);
        }

        string? language = detector?.Detect([question.Text, .. question.Options], options.Languages);
        QuestionFeatures features = new()
        {
            Id = question.Id,
            Exact = Whole(words),
            Dropped = Drop(question, words, stem, language, options, benchmarks),
            Undetermined = detector is not null && language is null,
        };
        if (features.Dropped is not null || options.Duplicates != CleanOptions.Near || words.Plain.Length < options.ShingleWords)
        {
            return features;
        }

        HashSet<uint> set = [];
        Grams.ForEach(words.Plain, options.ShingleWords, gram => set.Add((uint)(gram >> 32)));
        uint[] shingles = [.. set];
        Array.Sort(shingles);
        ulong[] bands = new ulong[MinHash.Bands];
        MinHash.Write(shingles, bands);
        return features with { Shingles = shingles, Bands = bands };
    }

    // A million questions need more than 64 bits to have no two by chance.
    private static UInt128 Whole(Words words)
    {
        ulong second = 0;
        foreach (ulong word in words.Plain)
        {
            second = Words.Mix(second ^ word);
        }

        return new UInt128(Grams.Of(words.Plain), second);
    }

    private static DroppedQuestion? Drop(Question question, Words words, int stem, string? language, CleanOptions options, ContaminationIndex benchmarks)
    {
        if (words.Plain.Length < options.MinWords || words.Plain.Length > options.MaxWords)
        {
            return new DroppedQuestion(question.Id, DropReasons.Length, null, null);
        }

        if (options.MinLatinShare > 0 && words.Letters.Latin < options.MinLatinShare * words.Letters.All)
        {
            return new DroppedQuestion(question.Id, DropReasons.Script, null, null);
        }

        if (language is not null && !options.Languages.Contains(language))
        {
            return new DroppedQuestion(question.Id, DropReasons.Language, language, null);
        }

        return benchmarks.Find(words, stem) is { } found ? new DroppedQuestion(question.Id, found.Reason, found.Matched, found.Similarity) : null;
    }
}
