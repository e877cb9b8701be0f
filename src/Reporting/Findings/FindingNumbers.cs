using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>How numbers and words of findings are written.</summary>
internal static class FindingNumbers
{
    /// <summary>The verdict in a word.</summary>
    public static string Word(this FindingVerdict verdict) => verdict switch
    {
        FindingVerdict.Supported => "supported",
        FindingVerdict.Contradicted => "contradicted",
        FindingVerdict.Withheld => "withheld",
        _ => "undecided",
    };

    /// <summary>Why a contrast has no test, in words; null where it has one.</summary>
    public static string? Word(Degeneracy degeneracy) => degeneracy == Degeneracy.Identical ? "identical answers" : CellResult.InWords(degeneracy);

    /// <summary>A value with fixed decimals; empty for NaN.</summary>
    public static string Value(FindingResult result, double value, int decimals) =>
        double.IsFinite(value) && Math.Abs(value) < 1e15 ? Numbers.Fixed(value, decimals) : "";

    /// <summary>Decimals that people read: two of a ratio, one of points and tokens.</summary>
    public static int Decimals(FindingResult result) => result.Finding.IsRatio ? 2 : 1;

    /// <summary>An estimate for people, with its unit: with its sign where 0 means no effect; empty for none.</summary>
    public static string Estimate(FindingResult result)
    {
        string text = Value(result, result.Estimate, Decimals(result));
        return result.Finding.IsRatio || text.Length == 0 ? text : $"{(text.StartsWith('-') ? "" : "+")}{text} {result.Unit}";
    }

    /// <summary>An interval for people; empty without one.</summary>
    public static string Interval(FindingResult result)
    {
        string low = Value(result, result.Interval.Low, Decimals(result)), high = Value(result, result.Interval.High, Decimals(result));
        return low.Length == 0 && high.Length == 0 ? "" : $"[{(low.Length == 0 ? "?" : low)}, {(high.Length == 0 ? "?" : high)}]";
    }
}
