using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>A stage did not give its outputs.</summary>
public sealed class StageFailedException : Exception
{
    /// <summary>The errors to show, first the most telling one.</summary>
    public StageFailedException(IReadOnlyList<UserError> errors, string? details = null, Exception? inner = null)
        : base(string.Join(Environment.NewLine, errors), inner)
    {
        Errors = errors;
        Details = details;
    }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<UserError> Errors { get; }

    /// <summary>A stack trace or the last lines of a process, for a log; null where the errors say all.</summary>
    public string? Details { get; }

    /// <summary>Wraps whatever a stage threw.</summary>
    public static StageFailedException From(Exception exception) => exception switch
    {
        StageFailedException failed => failed,
        UserErrorException user => new StageFailedException(user.Errors, null, user),
        _ => new StageFailedException([new UserError($"{exception.GetType().Name}: {exception.Message}")], exception.ToString(), exception),
    };
}
