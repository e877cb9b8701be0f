using NaturalThoughts.Contracts;
using Polly;
using Polly.Retry;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>When a call is repeated: faults a few times, a busy server for long, refusals never.</summary>
internal static class RetryPolicies
{
    /// <summary>The digits of the call's key: they spread the waits of calls that failed together, the same in each run.</summary>
    public static readonly ResiliencePropertyKey<string> CallKey = new("call");

    public static ResiliencePipeline Create(CallLimits limits, TimeProvider clock)
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = clock };
        Add(builder, limits, limits.Retries, fault => fault.IsTransient && fault.Kind != CallFaultKind.Busy);
        Add(builder, limits, limits.BusyRetries, fault => fault.Kind == CallFaultKind.Busy);
        return builder.Build();
    }

    private static void Add(ResiliencePipelineBuilder builder, CallLimits limits, int attempts, Func<CallFaultException, bool> handles)
    {
        if (attempts == 0)
        {
            return;
        }

        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = attempts,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is CallFaultException fault && handles(fault)),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                Wait(limits, (args.Outcome.Exception as CallFaultException)?.RetryAfter, args.AttemptNumber, args.Context.Properties.GetValue(CallKey, ""))),
        });
    }

    /// <summary>
    /// The time before a call is repeated: what the server asks for, or twice the time before, spread over half of itself; never more than the limit.
    /// </summary>
    internal static TimeSpan Wait(CallLimits limits, TimeSpan? retryAfter, int attempt, string call)
    {
        double spread = SeededRandom.DrawDouble("retry", call, $"{attempt}");
        double seconds = retryAfter is { } asked
            ? asked.TotalSeconds + (limits.Backoff * spread)
            : limits.Backoff * (1L << Math.Min(attempt, 40)) * (0.5 + (0.5 * spread));
        return TimeSpan.FromSeconds(Math.Min(seconds, limits.MaxBackoff));
    }
}
