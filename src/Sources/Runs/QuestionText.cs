using System.Security.Cryptography;
using System.Text;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>The text of a question as runs are matched by it.</summary>
public static class QuestionText
{
    /// <summary>What the key of a question begins with that stands for a whole document of its data set: it says nothing of the text.</summary>
    internal const string DocumentMark = "document:";

    private const int KeyBytes = 10;
    private const int Longest = 1000;

    /// <summary>The first 20 digits of the SHA-256 of the text; white space is no difference.</summary>
    public static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(QuestionIndex.Flat(text))).AsSpan(0, KeyBytes));

    /// <summary>True where both keys stand for texts, or both for documents, so that other keys mean other questions.</summary>
    public static bool AreComparable(string? first, string? second) => first is not null && second is not null
        && first.StartsWith(DocumentMark, StringComparison.Ordinal) == second.StartsWith(DocumentMark, StringComparison.Ordinal);

    /// <summary>What is kept of a text for people: its beginning, at most 1,000 characters.</summary>
    public static string Beginning(string text) => Cut(text, Longest);

    internal static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "...";
}
