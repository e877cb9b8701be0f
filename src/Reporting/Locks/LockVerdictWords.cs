namespace NaturalThoughts.Reporting.Locks;

/// <summary>The words for people.</summary>
public static class LockVerdictWords
{
    /// <summary>The verdict in words.</summary>
    public static string Word(this LockVerdict verdict) => verdict switch
    {
        LockVerdict.Moved => "moved",
        LockVerdict.Consistent => "consistent",
        LockVerdict.Shifted => "shifted",
        LockVerdict.Missing => "missing",
        LockVerdict.Added => "not in the lock",
        LockVerdict.NotComparable => "not comparable",
        _ => "holds",
    };
}
