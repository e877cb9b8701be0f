namespace NaturalThoughts.Records;

/// <summary>A question with one checkable answer.</summary>
/// <param name="Id">Unique and stable; every later record carries it.</param>
/// <param name="Text">The question, without its options.</param>
/// <param name="Reference">The reference answer: free text, or the letter of the right option. Empty where a free question of a pool has none.</param>
public sealed record Question(string Id, string Text, string Reference)
{
    /// <summary>The options in order (A, B, C, ...); empty for a free-answer question.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the source knows beside the text (<c>family</c>, <c>domain</c>, <c>level</c>, ...). For reports only: no method selects by it.</summary>
    public SortedDictionary<string, string> Meta { get; init; } = new(StringComparer.Ordinal);
}
