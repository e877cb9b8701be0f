namespace NaturalThoughts.Contracts;

/// <summary>Errors that a user caused and can fix. Shown as messages without a stack trace.</summary>
public sealed class UserErrorException : Exception
{
    /// <summary>The most errors that are told; a last one says how many there are more.</summary>
    public const int MostErrors = 100;

    /// <summary>All errors found at once, the first <see cref="MostErrors"/> of them.</summary>
    public UserErrorException(IReadOnlyList<UserError> errors, ExitCode exitCode = ExitCode.Usage)
        : base(string.Join(Environment.NewLine, Bounded(errors)))
    {
        Errors = Bounded(errors);
        ExitCode = exitCode;
    }

    /// <summary>An exception of one error.</summary>
    public UserErrorException(string message, string? location = null, string? hint = null, ExitCode exitCode = ExitCode.Usage)
        : this([new UserError(message, location, hint)], exitCode)
    {
    }

    /// <summary>The errors, in the order in which they are in the file.</summary>
    public IReadOnlyList<UserError> Errors { get; }

    /// <summary>The exit code of the process.</summary>
    public ExitCode ExitCode { get; }

    private static IReadOnlyList<UserError> Bounded(IReadOnlyList<UserError> errors) =>
        errors.Count <= MostErrors
            ? errors
            : [.. errors.Take(MostErrors), new UserError(FormattableString.Invariant($"There are {errors.Count - MostErrors} more errors."))];
}
