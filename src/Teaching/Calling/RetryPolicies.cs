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
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(limits, args)),
        });
    }

    private static TimeSpan Delay(CallLimits limits, RetryDelayGeneratorArguments<object> args)
    {
        double spread = SeededRandom.DrawDouble("retry", args.Context.Properties.GetValue(CallKey, ""), $"{args.AttemptNumber}");
        double seconds = (args.Outcome.Exception as CallFaultException)?.RetryAfter is { } asked
            ? asked.TotalSeconds + (limits.Backoff * spread)
            : limits.Backoff * Math.Min(1 << 20, Math.Pow(2, args.AttemptNumber)) * (0.5 + (0.5 * spread));
        return TimeSpan.FromSeconds(Math.Min(seconds, limits.MaxBackoff));
    }
}
