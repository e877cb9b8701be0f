namespace NaturalThoughts.Serving;

/// <summary>How the endpoint is offered.</summary>
public sealed record ServeOptions
{
    /// <summary>The address to listen on; loopback unless given.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The key that requests must bear; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Requests that are worked on at once.</summary>
    public int MaxRunning { get; init; } = 256;

    /// <summary>Requests that wait beside them; one more is told to come again later.</summary>
    public int MaxWaiting { get; init; } = 1024;

    /// <summary>The share of requests that are answered wrongly on purpose, 0 to 1.</summary>
    public double Faults { get; init; }

    /// <summary>The seed of these faults.</summary>
    public string FaultSeed { get; init; } = "faults";

    /// <summary>How long requests that are under way may go on once the end is asked for.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Is told of failures that are no caller's fault; null for nobody.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>The clock that timeouts and time stamps use.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
