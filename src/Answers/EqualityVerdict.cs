namespace NaturalThoughts.Answers;

/// <summary>Whether two answers are the same, and why.</summary>
/// <param name="Equality">The verdict.</param>
/// <param name="Reason">A few words: by which rule.</param>
public readonly record struct EqualityVerdict(Equality Equality, string Reason)
{
    internal static EqualityVerdict Equal(string reason) => new(Equality.Equal, reason);

    internal static EqualityVerdict Different(string reason) => new(Equality.Different, reason);

    internal static EqualityVerdict Undecided(string reason) => new(Equality.Undecided, reason);
}
