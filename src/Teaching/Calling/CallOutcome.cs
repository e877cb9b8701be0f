namespace NaturalThoughts.Teaching.Calling;

/// <summary>What became of a call: an entry, or the reason why there is none.</summary>
/// <param name="Entry">The finished call; null where there is none.</param>
/// <param name="Reason">Why there is none: a <see cref="CallFaultKind"/>, or <see cref="NotKept"/>; null where there is one.</param>
/// <param name="Detail">What was seen last.</param>
public sealed record CallOutcome(CallEntry? Entry, string? Reason = null, string? Detail = null)
{
    /// <summary>The reason of a call that is not in the store while nothing may be sent.</summary>
    public const string NotKept = "NotKept";
}
