using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>Answers that say the same again and again.</summary>
internal static class Repetition
{
    /// <summary>Trips where more answers than this loop.</summary>
    public const double MostLoops = 0.01;

    /// <summary>Pieces of a gram, as <see cref="WordSplitter"/> splits.</summary>
    private const int Gram = 8;

    /// <summary>An output of at least this many grams ...</summary>
    private const int FewestGrams = 24;

    /// <summary>... loops where at most this share of them is distinct.</summary>
    private const double MostDistinct = 0.5;

    public static Diagnosis Of(DiagnosedCell cell)
    {
        DiagnosedAnswer[] all = [.. cell.Answers];
        return ShareDiagnosis.Above(
            "repetition loops",
            all.Count(answer => Loops(answer.Grade.Output)),
            all.Length,
            MostLoops,
            FormattableString.Invariant($"answers that end in a loop, or in which at most half of the {Gram}-grams are distinct,"),
            "temperature and top-p; whether looped answers are cut off (above); a longer training set; loops in the traces themselves");
    }

    /// <summary>True for an output that ends in a loop or consists of repeated grams.</summary>
    internal static bool Loops(string output)
    {
        if (RepetitionLoop.Ends(output))
        {
            return true;
        }

        string[] pieces = [.. WordSplitter.Split(output)];
        int grams = pieces.Length - Gram + 1;
        return grams >= FewestGrams
            && Enumerable.Range(0, grams).Select(i => string.Concat(pieces.AsSpan(i, Gram))).Distinct(StringComparer.Ordinal).Count() <= MostDistinct * grams;
    }
}
