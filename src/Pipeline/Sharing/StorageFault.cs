namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>What a failure of a shared storage means for the next request.</summary>
public enum StorageFault
{
    /// <summary>It is away, silent or broken: nothing else is asked of it.</summary>
    Unreachable,

    /// <summary>It does not let us read, or write: the same would be refused again.</summary>
    Refused,

    /// <summary>Only this record or object is wrong; the next may be right.</summary>
    Item,
}
