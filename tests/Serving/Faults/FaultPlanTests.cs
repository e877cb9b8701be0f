using System.Text;
using NaturalThoughts.Serving.Faults;

namespace NaturalThoughts.Serving.Tests.Faults;

public sealed class FaultPlanTests
{
    private const int Requests = 3000;

    [Fact]
    public void Should_TakeTheShare_When_RequestsDiffer()
    {
        Fault?[] faults = Draw("a", Enumerable.Range(0, Requests));

        // 300 are expected, with a standard deviation of 16.4 (binomial): six of them.
        Assert.InRange(faults.Count(fault => fault is not null), 200, 400);
        Assert.Equal(Enum.GetValues<Fault>(), faults.OfType<Fault>().Distinct().Order());
    }

    [Fact]
    public void Should_BeTheSame_When_RequestsComeInAnotherOrder()
    {
        Fault?[] forth = Draw("a", Enumerable.Range(0, Requests));
        Assert.Equal(forth, Draw("a", Enumerable.Range(0, Requests).Reverse()).Reverse());
        Assert.NotEqual(forth, Draw("b", Enumerable.Range(0, Requests)));
    }

    [Fact]
    public void Should_LetARequestPass_When_ItComesAgain()
    {
        FaultPlan plan = new(0.5, "a");
        for (int request = 0; request < 100; request++)
        {
            byte[] body = Body(request);
            Assert.Contains(Enumerable.Range(0, 64).Select(_ => plan.Next(body)), fault => fault is null);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, Requests)]
    public void Should_TakeNoneOrAll_When_TheShareSaysSo(double share, int expected)
    {
        FaultPlan plan = new(share, "a");
        Assert.Equal(expected, Enumerable.Range(0, Requests).Count(request => plan.Next(Body(request)) is not null));
    }

    private static Fault?[] Draw(string seed, IEnumerable<int> requests)
    {
        FaultPlan plan = new(0.1, seed);
        return [.. requests.Select(request => plan.Next(Body(request)))];
    }

    private static byte[] Body(int request) => Encoding.UTF8.GetBytes($"request {request}");
}
