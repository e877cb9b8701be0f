namespace NaturalThoughts.Sources.Mapping;

/// <summary>Names in <c>Question.Meta</c> that the imports write themselves.</summary>
public static class QuestionMeta
{
    /// <summary>The row that the question came from: digits of the file's digest and the number; see <see cref="Reading.RowPlace.Provenance"/>.</summary>
    public const string Source = "source";

    /// <summary>
    /// <c>true</c> where no text of the question, of its options or of an answer to it may be published: logs, run records, locks, pages and
    /// errors show the id alone. Absent for all others.
    /// </summary>
    public const string Confidential = "confidential";

    /// <summary>Names that a field map cannot use.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [Confidential, Source];
}
