namespace NaturalThoughts.Sources.Mapping;

/// <summary>A row that cannot become a record. Its message quotes confidential text nowhere.</summary>
internal sealed class RefusedRowException(string reason, string message, string hint) : Exception(message)
{
    /// <summary>A word that refused rows are counted by, in camel case.</summary>
    public string Reason { get; } = reason;

    /// <summary>What the user can do about it.</summary>
    public string Hint { get; } = hint;
}
