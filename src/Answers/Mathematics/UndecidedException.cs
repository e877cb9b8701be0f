namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A value that cannot be told within the bounds on work, precision or depth, or that these rules do not know.</summary>
/// <param name="reason">A few words: what cannot be told.</param>
/// <param name="imprecise">Whether more digits could help.</param>
internal sealed class UndecidedException(string reason, bool imprecise = false) : Exception(reason)
{
    /// <summary>Whether more digits could help.</summary>
    public bool IsImprecise { get; } = imprecise;
}
