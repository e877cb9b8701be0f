namespace NaturalThoughts.Teaching.Calling;

/// <summary>How an endpoint is called: how often, how long, how much is read. Times are in seconds. None of it is in a call's key.</summary>
public sealed record CallLimits
{
    /// <summary>Calls under way at the start. Default 4.</summary>
    public int StartConcurrency { get; init; } = 4;

    /// <summary>The most calls under way. Default 256.</summary>
    public int MaxConcurrency { get; init; } = 256;

    /// <summary>The most requests a minute; null for any number.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens a minute, prompts and replies; null for any number. A call is counted with its prompt and the mean reply so far.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>How often a call is repeated after a fault of server or connection. A busy server (429) does not count. Default 8.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>How often a call is repeated because the server is busy. Default 100.</summary>
    public int BusyRetries { get; init; } = 100;

    /// <summary>The first wait before a call is repeated; it doubles each time, up to <see cref="MaxBackoff"/>. Default 1.</summary>
    public double Backoff { get; init; } = 1;

    /// <summary>The longest wait before a call is repeated, whatever Retry-After asks for. Default 300.</summary>
    public double MaxBackoff { get; init; } = 300;

    /// <summary>The longest time until the first byte of a reply. Default 600.</summary>
    public double FirstByteTimeout { get; init; } = 600;

    /// <summary>The longest time between two pieces of a reply. Default 120.</summary>
    public double IdleTimeout { get; init; } = 120;

    /// <summary>The longest time of one attempt. Default 3,600.</summary>
    public double AttemptTimeout { get; init; } = 3600;

    /// <summary>The most bytes of a reply on the wire; null for 1 MiB and 1 KiB for each token that may come.</summary>
    public int? MaxReplyBytes { get; init; }

    /// <summary>Whether replies are asked for as a stream, which keeps proxies from dropping quiet connections. Default true.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>The body's member for the most tokens: <c>max_tokens</c> (the default; all servers know it) or <c>max_completion_tokens</c>.</summary>
    public string TokenLimitField { get; init; } = "max_tokens";

    /// <summary>Calls without any answer that a stage puts up with, as counted failures. With more it fails, and keeps what it has. Default 0.</summary>
    public int MaxUnanswered { get; init; }
}
