namespace NaturalThoughts.Contracts;

/// <summary>The exit codes of the command line.</summary>
public enum ExitCode
{
    /// <summary>All targets are done.</summary>
    Done = 0,

    /// <summary>A target failed.</summary>
    TargetFailed = 1,

    /// <summary>The command line, a configuration file or a file of the user's data is wrong.</summary>
    Usage = 2,

    /// <summary>A result lock does not hold.</summary>
    LockBroken = 3,

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    Interrupted = 130,
}
