namespace NaturalThoughts.Contracts;

/// <summary>One thing that a user got wrong: what, where, and what to do about it.</summary>
/// <param name="Message">What is wrong, with the value.</param>
/// <param name="Location">Where: <c>file:line:column</c>, a key, or a switch; null where there is no place.</param>
/// <param name="Hint">What to do.</param>
public sealed record UserError(string Message, string? Location = null, string? Hint = null)
{
    /// <inheritdoc />
    public override string ToString() =>
        (Location is null ? "" : Location + ": ") + Message + (Hint is null ? "" : " " + Hint);
}
