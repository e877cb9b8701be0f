namespace NaturalThoughts.Build.CommandLine;

/// <summary>Lists as sentences have them.</summary>
internal static class Words
{
    /// <summary>Joins words: <c>a, b and c</c>.</summary>
    /// <param name="words">At least one word.</param>
    /// <param name="last">What comes before the last of several words.</param>
    public static string Join(IReadOnlyList<string> words, string last = "and") =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} {last} {words[^1]}";
}
