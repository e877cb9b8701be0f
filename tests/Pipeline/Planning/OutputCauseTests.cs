using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Planning;

public sealed class OutputCauseTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_FollowTheInputsUp_When_AParameterFarUpChanged()
    {
        Target[] Plan(string text) => [Source("far/up", text), From("mid", "upper", "far/up"), From("end", "join", "mid", "mid")];
        string old = Digest(await _bench.RunAsync(Plan("x"), "end"), "end");
        string now = Digest(await _bench.RunAsync(Plan("y"), "end"), "end");
        Assert.Equal("source of far/up, parameters.text: \"x\" -> \"y\"", Between(old, now));
    }

    [Fact]
    public async Task Should_NameTheCode_When_OnlyThatChanged()
    {
        Target[] plan = [Source("a", "x"), From("b", "upper", "a")];
        string old = Digest(await _bench.RunAsync(plan, "b"), "b");
        _bench.Stage("upper", c => Write(c, "another"));
        _bench.Code["upper"] = "v2";
        string now = Digest(await _bench.RunAsync(plan, "b"), "b");
        Assert.StartsWith("upper of b, code: ", Between(old, now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_NameTheInput_When_ItIsReadFromAnotherTarget()
    {
        string old = Digest(await _bench.RunAsync([Source("a", "x"), From("end", "upper", "a")], "end"), "end");
        string now = Digest(await _bench.RunAsync([Source("a", "x"), From("b", "join", "a", "a"), From("end", "upper", "b")], "end"), "end");

        // Made by another stage: what it is made of is the difference.
        Assert.StartsWith("join of b, stage: \"source\" -> \"join\"", Between(old, now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_KnowNothing_When_TheStoreLacksARunOfThem()
    {
        string known = Digest(await _bench.RunAsync([Source("a", "x"), From("b", "upper", "a")], "b"), "b");
        string other = new('0', 64);
        Assert.Null(Between(known, other));
        Assert.Null(Between(other, known));
        Assert.Null(Between(known, known));
    }

    private static string Digest(RunReport report, string address) => report[address].Record!.Outputs["data.txt"].Digest.Hex;

    private string? Between(string old, string now)
    {
        using ObjectStore store = _bench.Open();
        return new OutputCause(store).Between(old, now);
    }
}
