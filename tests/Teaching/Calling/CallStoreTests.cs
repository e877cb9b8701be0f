using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests.Calling;

public sealed class CallStoreTests : IDisposable
{
    private static readonly EndpointOptions Endpoint = Bench.Endpoint("http://localhost:1/v1");

    private readonly Bench _bench = new();
    private readonly List<string> _warnings = [];
    private readonly CallStore _store;

    public CallStoreTests() => _store = new CallStore(_bench.Calls, _warnings.Add);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_GiveBackWhatWasKept_When_Asked()
    {
        CallEntry entry = Entry("a");
        Assert.Null(_store.Find(entry.Key));
        using (CallClaim claim = _store.TryClaim(entry.Key)!)
        {
            Assert.Null(_store.TryClaim(entry.Key));
            Assert.Null(_store.Find(entry.Key));
            claim.Complete(entry, CallStore.Compress("data: {}\n\ndata: [DONE]\n"u8.ToArray()));
            Assert.Equal(entry.Reply, _store.Find(entry.Key)!.Reply);
        }

        CallEntry found = new CallStore(_bench.Calls).Find(entry.Key)!;
        Assert.Equal((entry.Reply, 1.5, 2), (found.Reply, found.Seconds, found.Faults["Busy"]));
        Assert.Equal("data: {}\n\ndata: [DONE]\n", _store.Raw(entry.Key));
        Assert.NotNull(_store.TryClaim(entry.Key));
    }

    [Fact]
    public void Should_CallAgain_When_AnEntryIsDamaged()
    {
        for (int damage = 0; damage < 40; damage++)
        {
            CallEntry entry = Entry($"damaged {damage}");
            Keep(entry);
            string path = Assert.Single(Directory.EnumerateFiles(_bench.Calls, entry.Key.Hex + ".gz", SearchOption.AllDirectories));
            byte[] bytes = File.ReadAllBytes(path);
            if (damage % 4 == 0)
            {
                File.WriteAllBytes(path, bytes[..(bytes.Length * damage / 80)]);
            }
            else
            {
                // Within the entry's own compressed line: not the header, whose time and system nobody reads.
                bytes[12 + (damage * (CallEntryFile.Head(entry).Length - 24) / 40)] ^= 0x10;
                File.WriteAllBytes(path, bytes);
            }

            Assert.Null(_store.Find(entry.Key));
            Assert.False(File.Exists(path));
            Assert.Contains(entry.Key.Short, _warnings[^1]);
        }
    }

    [Fact]
    public void Should_RefuseTheEntry_When_ItIsAnotherCalls()
    {
        CallEntry one = Entry("one"), two = Entry("two");
        Keep(one);
        Keep(two);
        string[] paths =
            [.. new[] { one, two }.Select(entry => Directory.EnumerateFiles(_bench.Calls, entry.Key.Hex + ".gz", SearchOption.AllDirectories).Single())];
        File.Copy(paths[0], paths[1], overwrite: true);
        Assert.Null(_store.Find(two.Key));
        Assert.Contains("another key", _warnings[^1]);
        Assert.NotNull(_store.Find(one.Key));
        using CallClaim claim = _store.TryClaim(two.Key)!;
        Assert.Throws<ArgumentException>(() => claim.Complete(one, []));
    }

    [Fact]
    public void Should_ClaimAgain_When_TheFirstHolderGaveUp()
    {
        CallEntry entry = Entry("given up");
        _store.TryClaim(entry.Key)!.Dispose();
        Keep(entry);
        Assert.NotNull(_store.Find(entry.Key));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_bench.Calls, "claims")));
    }

    private void Keep(CallEntry entry)
    {
        using CallClaim claim = _store.TryClaim(entry.Key)!;
        claim.Complete(entry, CallStore.Compress([]));
    }

    private static CallEntry Entry(string text)
    {
        ChatCall call = ChatCall.Of(Endpoint, [new("user", text)]);
        return new CallEntry
        {
            Key = call.Key,
            Request = call.Request,
            Reply = new CallReply { Content = $"Reply to {text} \u2028\u4f60", Reasoning = "Thought.", FinishReason = "stop", ReplyTokens = 7 },
            Seconds = 1.5,
            Faults = new(StringComparer.Ordinal) { ["Busy"] = 2 },
        };
    }
}
