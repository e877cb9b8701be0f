namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>What a person who read an answer says about it. A later line about the same answer replaces an earlier one; both are kept.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="AnswerDigest">SHA-256 of the output, in hexadecimal digits: a new output needs a new verdict.</param>
/// <param name="Verdict">One of <see cref="Names"/>.</param>
/// <param name="Author">Who read it.</param>
/// <param name="Date">The day.</param>
/// <param name="Note">Why, in a sentence; may be empty. No text of a benchmark that must not be in the open.</param>
public sealed record AuditVerdict(string QuestionId, string AnswerDigest, string Verdict, string Author, DateOnly Date, string Note)
{
    /// <summary>The answer is right.</summary>
    public const string Right = "right";

    /// <summary>The answer is wrong, or there is none.</summary>
    public const string Wrong = "wrong";

    /// <summary>A reader cannot tell; it counts for and against no protocol.</summary>
    public const string Unclear = "unclear";

    /// <summary>All verdicts: right, wrong, unclear.</summary>
    public static IReadOnlyList<string> Names { get; } = [Right, Wrong, Unclear];

    /// <summary>The verdict of a word or of its first letter, in any case; null for another word.</summary>
    public static string? Find(string word) =>
        Names.FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase) || name[..1].Equals(word, StringComparison.OrdinalIgnoreCase));
}
