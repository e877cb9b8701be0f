namespace NaturalThoughts.Reporting.Locks;

/// <summary>What a comparison with a lock says of a cell.</summary>
public enum LockVerdict
{
    /// <summary>Values and digests are those of the lock.</summary>
    Holds,

    /// <summary>A value or a digest differs from the lock.</summary>
    Moved,

    /// <summary>Values of the class <c>statistical</c> differ, and a paired test finds no difference.</summary>
    Consistent,

    /// <summary>Values of the class <c>statistical</c> differ, and a paired test finds a difference.</summary>
    Shifted,

    /// <summary>The cell is in the lock and not in the new result.</summary>
    Missing,

    /// <summary>The cell is only in the result, not in the lock.</summary>
    Added,

    /// <summary>The numerics probe differs: the answers could not have been the same.</summary>
    NotComparable,
}
