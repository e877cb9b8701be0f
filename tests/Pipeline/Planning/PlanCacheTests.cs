using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using static NaturalThoughts.Pipeline.Tests.Bench;

namespace NaturalThoughts.Pipeline.Tests.Planning;

public sealed class PlanCacheTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_FindThePlan_When_NothingItIsMadeFromChanged()
    {
        (RunReport report, CachedPlan kept) = await KeepAsync(Digest("text"));
        CachedPlan found = PlanCache.Find(_bench.Root, Digest("text"))!;

        Assert.Equal(["u"], found.Requested);
        Assert.Equal(kept.Targets.Select(Face), found.Targets.Select(Face));
        Assert.Equal(report["u"].Record!.Key, found.Find("u")!.Key);
        Assert.Null(PlanCache.Find(_bench.Root, Digest("text2")));

        static string Face(CachedTarget target) => $"{target.Address} {target.StageName} {target.Key} {target.Duration} {string.Join(' ', target.Outputs)}";
    }

    [Fact]
    public async Task Should_NotFindThePlan_When_AFinalOutputIsGone()
    {
        (RunReport report, _) = await KeepAsync(Digest("text"));
        File.Delete(_bench.ObjectPath(report["s"].Record!.Outputs["data.txt"]));
        Assert.NotNull(PlanCache.Find(_bench.Root, Digest("text")));
        File.Delete(_bench.ObjectPath(report["u"].Record!.Outputs["data.txt"]));
        Assert.Null(PlanCache.Find(_bench.Root, Digest("text")));
    }

    [Theory]
    [InlineData("tmp")]
    [InlineData("locks")]
    public async Task Should_NotFindThePlan_When_AProcessWasKilledInTheStore(string folder)
    {
        await KeepAsync(Digest("text"));
        string left = Path.Combine(_bench.Root, folder, ContentHash.OfText("dead").Hex);
        if (folder == "tmp")
        {
            Directory.CreateDirectory(left);
        }
        else
        {
            File.WriteAllText(left, "");
        }

        Assert.Null(PlanCache.Find(_bench.Root, Digest("text")));
        using (_bench.Open())
        {
        }

        Assert.NotNull(PlanCache.Find(_bench.Root, Digest("text")));
    }

    [Fact]
    public async Task Should_NotFindThePlan_When_ItsFileIsDamaged()
    {
        await KeepAsync(Digest("text"));
        string path = Path.Combine(_bench.Root, "plans", Digest("text").Hex);
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int at in new[] { 0, 9, bytes.Length / 2, bytes.Length - 1 })
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Null(PlanCache.Find(_bench.Root, Digest("text")));
        }

        File.WriteAllBytes(path, bytes[..20]);
        Assert.Null(PlanCache.Find(_bench.Root, Digest("text")));
    }

    [Fact]
    public async Task Should_RefuseAPlan_When_ATargetFailed()
    {
        TargetGraph graph = new([new Target("f", "fail")]);
        RunReport report = await _bench.RunAsync([new Target("f", "fail")], "f");

        Assert.Throws<InvalidOperationException>(() => report.ToPlan(graph, ["f"]));
    }

    [Fact]
    public void Should_TellPartsApart_When_TheirTextsRunTogether()
    {
        using PlanDigest one = new(), two = new();

        Assert.NotEqual(one.Add("a", "bc").Add("d", "").Digest(), two.Add("a", "b").Add("cd", "").Digest());
    }

    [Fact]
    public async Task Should_FindThem_When_AThousandTargetsAreCached()
    {
        (_, CachedPlan small) = await KeepAsync(Digest("text"));
        CachedTarget[] many = [.. Enumerable.Range(0, 998).Select(i => small.Targets[0] with { Address = $"Table1/Random/1000/System2/seed{i}/generate" })];
        using (ObjectStore store = _bench.Open())
        {
            PlanCache.Keep(store, Digest("big"), small with { Targets = [.. many, .. small.Targets] });
        }

        CachedPlan? found = PlanCache.Find(_bench.Root, Digest("big"));

        Assert.Equal(1000, found!.Targets.Count);
    }

    [Fact]
    public async Task Should_AgreeWithTheRun_When_AWholePlanIsExplained()
    {
        List<Target> plan = [.. Enumerable.Range(0, 50).SelectMany(i => new[] { Source($"s{i}", $"t{i}"), From($"u{i}", "upper", $"s{i}") })];
        plan.Add(From("end", "join", [.. Enumerable.Range(0, 50).Select(i => $"u{i}")]));
        await _bench.RunAsync(plan, "end", jobs: 2);
        plan[0] = Source("s0", "T0");
        plan[2] = Source("s1", "other");
        using ObjectStore store = _bench.Open();
        Explanation[] explained = [.. new Explainer(new TargetGraph(plan), store, _bench.Keys).Explain(["end"])];
        RunReport report = await _bench.Scheduler(store, jobs: 2).RunAsync(new TargetGraph(plan), ["end"]);

        Assert.Equal(["s0", "s1"], explained.Where(e => e.Verdict == RunVerdict.WillRun).Select(e => e.Address));
        Assert.Equal(["end", "u0", "u1"], explained.Where(e => e.Verdict == RunVerdict.MayRun).Select(e => e.Address).Order(StringComparer.Ordinal));
        Assert.Equal(["end", "s0", "s1", "u0", "u1"], report.With(TargetOutcome.Ran).Select(r => r.Address).Order(StringComparer.Ordinal));
    }

    private static ContentHash Digest(string yaml)
    {
        using PlanDigest digest = new();
        return digest.Add("experiments/table1.yaml", yaml).Digest();
    }

    private async Task<(RunReport Report, CachedPlan Plan)> KeepAsync(ContentHash digest)
    {
        Target[] plan = [Source("s", "x"), From("u", "upper", "s")];
        RunReport report = await _bench.RunAsync(plan, "u");
        CachedPlan kept = report.ToPlan(new TargetGraph(plan), ["u"]);
        using ObjectStore store = _bench.Open();
        PlanCache.Keep(store, digest, kept);
        return (report, kept);
    }
}
