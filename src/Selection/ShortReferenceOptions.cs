namespace NaturalThoughts.Selection;

/// <summary>Settings of <see cref="SelectionMethod.ShortReference"/>.</summary>
public sealed record ShortReferenceOptions
{
    /// <summary>
    /// The longest reference answer in characters (code points); 1 or more. The paper tells of no limit. Of a question with options it is
    /// the right option's text that counts, not its letter.
    /// </summary>
    public required int MaxCharacters { get; init; }
}
