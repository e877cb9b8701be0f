namespace NaturalThoughts.Contracts;

/// <summary>One thing that a user got wrong: what, where, and what to do about it. Each part is cut where it is very long.</summary>
/// <param name="Message">What is wrong, with the value.</param>
/// <param name="Location">Where: <c>file:line:column</c>, a key, or a switch; null where there is no place.</param>
/// <param name="Hint">What to do.</param>
public sealed record UserError(string Message, string? Location = null, string? Hint = null)
{
    private const int LongestPart = 2000;

    /// <summary>What is wrong, with the value; at most about 2,000 characters.</summary>
    public string Message { get; init; } = Quoted.Of(Message, LongestPart);

    /// <summary>Where; at most about 2,000 characters.</summary>
    public string? Location { get; init; } = Location is null ? null : Quoted.Of(Location, LongestPart);

    /// <summary>What to do; at most about 2,000 characters.</summary>
    public string? Hint { get; init; } = Hint is null ? null : Quoted.Of(Hint, LongestPart);

    /// <inheritdoc />
    public override string ToString() =>
        (Location is null ? "" : Location + ": ") + Message + (Hint is null ? "" : " " + Hint);
}
