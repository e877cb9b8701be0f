using System.Threading.RateLimiting;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>Requests and tokens a minute, each as a bucket that fills evenly and holds ten seconds' worth.</summary>
internal sealed class CallRates(CallLimits limits) : IDisposable
{
    private readonly TokenBucketRateLimiter? _requests = Bucket(limits.RequestsPerMinute);
    private readonly TokenBucketRateLimiter? _tokens = Bucket(limits.TokensPerMinute);
    private readonly int _largest = limits.TokensPerMinute is { } rate ? Burst(rate) : int.MaxValue;

    /// <summary>Waits until a call of that many tokens may be sent.</summary>
    public async Task WaitAsync(int tokens, CancellationToken cancellation)
    {
        await WaitAsync(_requests, 1, cancellation).ConfigureAwait(false);
        await WaitAsync(_tokens, Math.Clamp(tokens, 1, _largest), cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _requests?.Dispose();
        _tokens?.Dispose();
    }

    private static async Task WaitAsync(TokenBucketRateLimiter? bucket, int count, CancellationToken cancellation)
    {
        if (bucket is not null)
        {
            using RateLimitLease lease = await bucket.AcquireAsync(count, cancellation).ConfigureAwait(false);
        }
    }

    private static int Burst(int perMinute) => Math.Max(1, perMinute / 6);

    private static TokenBucketRateLimiter? Bucket(int? perMinute) => perMinute is not { } rate ? null : new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Burst(rate),
        TokensPerPeriod = Math.Max(1, rate / 600),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(0.1, 60.0 / rate)),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        AutoReplenishment = true,
    });
}
