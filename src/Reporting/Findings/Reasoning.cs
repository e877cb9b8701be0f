using System.Text.RegularExpressions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>Whether an output reasons, by what it says: a student may write the tags and nothing in them, or reason without them.</summary>
internal static partial class Reasoning
{
    /// <summary>Words beside the answer line from which on an output reasons: a direct answer has its line and at most a few words around it.</summary>
    public const int FewestWords = 8;

    /// <summary>True when an output says at least <see cref="FewestWords"/> words beside tags and lines that give the answer.</summary>
    public static bool IsIn(string output) => WordSplitter.Split(Beside().Replace(output, "\n")).Count(word => word.Any(char.IsLetterOrDigit)) >= FewestWords;

    [GeneratedRegex("</?think>|^[ \\t]*answer[ \\t]*:.*$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Beside();
}
