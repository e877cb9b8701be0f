namespace NaturalThoughts.Teaching.Calling;

/// <summary>An attempt of a call got no reply.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What was seen; holds no key.</param>
/// <param name="retryAfter">How long the server asks to wait; null where it does not.</param>
public sealed class CallFaultException(CallFaultKind kind, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>The kind of fault, which decides whether the call is repeated.</summary>
    public CallFaultKind Kind => kind;

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>True where the same call may be answered later.</summary>
    public bool IsTransient => kind is not (CallFaultKind.Rejected or CallFaultKind.Denied or CallFaultKind.Redirected or CallFaultKind.OtherLength);

    /// <summary>True where no call of this endpoint will be answered.</summary>
    public bool IsFatal => kind is CallFaultKind.Denied or CallFaultKind.Redirected;
}
