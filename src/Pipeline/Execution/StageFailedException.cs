using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>A stage did not give its outputs.</summary>
public sealed class StageFailedException : Exception
{
    private const int LongestDetails = 20_000;

    /// <summary>The errors to show, first the most telling one.</summary>
    public StageFailedException(IReadOnlyList<UserError> errors, string? details = null, Exception? inner = null)
        : base(string.Join(Environment.NewLine, errors), inner)
    {
        Errors = errors;
        Details = details is null ? null : Quoted.Of(details, LongestDetails);
    }

    /// <summary>What went wrong, the most telling error first.</summary>
    public IReadOnlyList<UserError> Errors { get; }

    /// <summary>A stack trace or the last lines of a process, for a log; null where the errors say all.</summary>
    public string? Details { get; }

    /// <summary>True when files could not be read or written: a full disk, a lost permission. The targets that come next would fail like it.</summary>
    public bool IsStorage { get; init; }

    /// <summary>True when the stage threw a <see cref="UserErrorException"/>: what it was given is wrong.</summary>
    public bool IsUserError { get; init; }

    /// <summary>Wraps whatever a stage, or the store around it, threw.</summary>
    public static StageFailedException From(Exception exception) => ParallelLoop.Cause(exception) switch
    {
        StageFailedException failed => failed,
        UserErrorException user => new StageFailedException(user.Errors, null, user) { IsUserError = user.ExitCode == ExitCode.Usage },
        { } cause when IsOfStorage(cause) => new StageFailedException(
            [
                new UserError(
                    "The store cannot be read or written: " + cause.Message.TrimEnd('.') + ".",
                    null,
                    "Free some space, fix the permissions or name another store; the same command resumes from here."),
            ],
            exception.ToString(),
            exception)
        {
            IsStorage = true,
        },
        { } cause => new StageFailedException([new UserError($"{cause.GetType().Name}: {cause.Message}")], exception.ToString(), exception),
    };

    // A file or folder that is not there, or ends early, is the stage's own mistake: those are types of their own.
    private static bool IsOfStorage(Exception exception) => exception.GetType() == typeof(IOException) || exception is UnauthorizedAccessException;
}
