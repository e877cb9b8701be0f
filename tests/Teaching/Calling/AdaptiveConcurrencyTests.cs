using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>The number of calls under way, on simulated time.</summary>
public sealed class AdaptiveConcurrencyTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [CombinatorialLimits]
    public void Should_SettleNearTheServersLimit_When_AMinuteHasPassed(int limit, bool queues, string latency)
    {
        AdaptiveConcurrency concurrency = new(4, 1000, _clock);
        SimulatedServer server = new(concurrency, _clock, limit, queues, Latency(latency));
        server.RunUntil(TimeSpan.FromSeconds(60));

        // A queue is told from a slow reply by means over many calls; where these differ twentyfold, a tenth cannot be seen.
        double near = queues && latency == "spread" ? 0.15 : 0.1;
        Assert.InRange(concurrency.Limit, (int)Math.Ceiling(limit * (1 - near)), (int)Math.Floor(limit * (1 + near)));

        // And it stays there, except for tries that are refused and cost a fifth for ten seconds.
        List<int> limits = [];
        server.RunUntil(TimeSpan.FromSeconds(180), (_, now) => limits.Add(now));
        Assert.InRange(limits.Average(), limit * 0.85, limit * 1.15);
        Assert.InRange(server.Refused, 0, (limit * 2) + (server.Answered / 50));
    }

    [Fact]
    public void Should_DoubleWithEachRound_When_NothingIsRefused()
    {
        AdaptiveConcurrency concurrency = new(4, 100, _clock);
        SimulatedServer server = new(concurrency, _clock, 1000, queues: false, _ => 1);
        List<int> limits = [];
        server.RunUntil(TimeSpan.FromSeconds(7), (_, now) => limits.Add(now));
        Assert.Equal([4, 8, 16, 32, 64, 100, 100], Enumerable.Range(0, 7).Select(second => limits[(second * 10) + 5]));
    }

    [Fact]
    public void Should_GoBackByAFifth_When_Refused()
    {
        AdaptiveConcurrency concurrency = new(50, 100, _clock);
        int[] tickets = [.. Enumerable.Range(0, 50).Select(_ => concurrency.TryEnter(out int ticket) ? ticket : -1)];
        concurrency.Refused(tickets[0], null);
        Assert.Equal(39, concurrency.Limit); // the server took 49: four fifths are 39.2
        _clock.Now = TimeSpan.FromSeconds(5);
        Assert.Equal(44, concurrency.Limit); // half of the way back to 49
        _clock.Now = TimeSpan.FromSeconds(11);
        Assert.Equal(49, concurrency.Limit);
        _clock.Now = TimeSpan.FromSeconds(69);
        Assert.Equal(49, concurrency.Limit);
        _clock.Now = TimeSpan.FromSeconds(75);
        Assert.Equal(54, concurrency.Limit); // after a quiet minute one more a second
    }

    [Fact]
    public void Should_FindTheNewLimit_When_TheServerGrowsOrShrinks()
    {
        AdaptiveConcurrency concurrency = new(4, 1000, _clock);
        SimulatedServer server = new(concurrency, _clock, 40, queues: false, Latency("steady"));
        server.RunUntil(TimeSpan.FromSeconds(60));
        server.Limit = 20;
        server.RunUntil(TimeSpan.FromSeconds(120));
        Assert.InRange(concurrency.Limit, 18, 22);
        server.Limit = 60;
        server.RunUntil(TimeSpan.FromSeconds(400));
        Assert.InRange(concurrency.Limit, 45, 66);
    }

    [Fact]
    public void Should_KeepItsLimit_When_CallsFailOtherwise()
    {
        AdaptiveConcurrency concurrency = new(4, 100, _clock);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(concurrency.TryEnter(out _));
            concurrency.Failed();
        }

        Assert.Equal((4, 0), (concurrency.Limit, concurrency.InFlight));
    }

    [Fact]
    public void Should_LetNobodyIn_When_TheServerAsksToWait()
    {
        AdaptiveConcurrency concurrency = new(4, 100, _clock);
        Assert.True(concurrency.TryEnter(out int ticket));
        concurrency.Refused(ticket, TimeSpan.FromSeconds(30));
        _clock.Now = TimeSpan.FromSeconds(29);
        Assert.False(concurrency.TryEnter(out _));
        _clock.Now = TimeSpan.FromSeconds(31);
        Assert.True(concurrency.TryEnter(out _));
    }

    private static Func<SeededRandom, double> Latency(string name) => name switch
    {
        "steady" => random => 0.8 + (0.4 * random.NextDouble()),
        "spread" => random => 0.2 + (3.6 * random.NextDouble() * random.NextDouble()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Limits, both kinds of servers, two kinds of latencies.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CombinatorialLimitsAttribute : Xunit.Sdk.DataAttribute
    {
        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            from limit in new[] { 10, 20, 50, 117, 300 }
            from queues in new[] { false, true }
            from latency in new[] { "steady", "spread" }
            select new object[] { limit, queues, latency };
    }
}
