using System.Net;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>How long a call waits before it is repeated, and before it is sent.</summary>
public sealed class WaitsTests
{
    private static readonly CallLimits Limits = new() { Backoff = 2, MaxBackoff = 100 };

    [Fact]
    public void Should_DoubleTheWait_When_TheServerDoesNotSay()
    {
        double[] waits = [.. Enumerable.Range(0, 60).Select(attempt => RetryPolicies.Wait(Limits, null, attempt, "call").TotalSeconds)];
        Assert.All(Enumerable.Range(0, 5), attempt => Assert.InRange(waits[attempt], 1 << attempt, 2 << attempt));
        Assert.All(waits[7..], wait => Assert.Equal(100, wait));
        Assert.NotEqual(waits[0], RetryPolicies.Wait(Limits, null, 0, "another").TotalSeconds);
        Assert.Equal(waits[0], RetryPolicies.Wait(Limits, null, 0, "call").TotalSeconds);
    }

    [Fact]
    public void Should_WaitAsAsked_When_TheServerSaysHowLong()
    {
        Assert.InRange(RetryPolicies.Wait(Limits, TimeSpan.FromSeconds(30), 0, "call").TotalSeconds, 30, 32);
        Assert.Equal(100, RetryPolicies.Wait(Limits, TimeSpan.FromDays(400), 0, "call").TotalSeconds);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "0.25", 0.25)]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:30 GMT", 20.0)]
    [InlineData("Retry-After", "Wed, 31 Dec 1969 00:00:00 GMT", 0.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "-3", null)]
    [InlineData("X-Other", "7", null)]
    public async Task Should_ReadWhatTheServerSays_When_ItIsBusy(string header, string value, double? seconds)
    {
        using HttpResponseMessage response = new(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation(header, value);
        ManualClock clock = new() { Now = TimeSpan.FromSeconds(10) };
        CallFaultException fault = await Assert.ThrowsAsync<CallFaultException>(() =>
            WireStatus.ThrowOnAsync(response, Stream.Null, ApiKey.None, clock, default));
        Assert.Equal((CallFaultKind.Busy, seconds), (fault.Kind, fault.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData(400, "", CallFaultKind.Rejected)]
    [InlineData(401, "", CallFaultKind.Denied)]
    [InlineData(402, "", CallFaultKind.Denied)]
    [InlineData(403, "", CallFaultKind.Denied)]
    [InlineData(404, "", CallFaultKind.Denied)]
    [InlineData(408, "", CallFaultKind.ServerError)]
    [InlineData(413, "", CallFaultKind.Rejected)]
    [InlineData(422, "", CallFaultKind.Rejected)]
    [InlineData(429, "{\"error\":{\"code\":\"insufficient_quota\"}}", CallFaultKind.Denied)]
    [InlineData(429, "slow down", CallFaultKind.Busy)]
    [InlineData(503, "", CallFaultKind.ServerError)]
    [InlineData(529, "", CallFaultKind.ServerError)]
    public async Task Should_TellKindsApart_When_TheStatusIsNoSuccess(int status, string body, CallFaultKind kind)
    {
        using HttpResponseMessage response = new((HttpStatusCode)status);
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Equal(
            kind,
            (await Assert.ThrowsAsync<CallFaultException>(() => WireStatus.ThrowOnAsync(response, stream, ApiKey.None, TimeProvider.System, default))).Kind);
    }

    [Fact]
    public async Task Should_HoldCallsBack_When_TheRateIsLimited()
    {
        // One a minute: the next one comes after a minute at the earliest.
        using CallRates requests = new(new CallLimits { RequestsPerMinute = 1 });
        await requests.WaitAsync(1, default);
        Assert.False(requests.WaitAsync(1, default).IsCompleted);
        using CallRates tokens = new(new CallLimits { TokensPerMinute = 1 });
        await tokens.WaitAsync(1_000_000, default);
        Assert.False(tokens.WaitAsync(1, default).IsCompleted);
        using CallRates none = new(new CallLimits());
        await none.WaitAsync(1_000_000, default);
    }
}
