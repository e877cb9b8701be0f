namespace NaturalThoughts.Reporting.Tables;

/// <summary>Lists as sentences have them.</summary>
public static class Listed
{
    /// <summary>Joins words: <c>a, b and c</c>; empty for none.</summary>
    /// <param name="words">The words.</param>
    /// <param name="last">What comes before the last of several words.</param>
    public static string Of(IReadOnlyList<string> words, string last = "and") =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}";
}
