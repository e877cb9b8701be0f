using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Tests.Sharing;

/// <summary>Whatever a server gives, the store holds what its names say and the run ends with the right bytes.</summary>
public sealed class LyingServerTests : IDisposable
{
    private readonly SharingBench _bench = new();
    private readonly FakeServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData("other bytes", "has other bytes. It was not taken.")]
    [InlineData("shorter", "has 9 bytes instead of 10. It was not taken.")]
    [InlineData("longer", "has 11 bytes instead of 10. It was not taken.")]
    [InlineData("cut off", "was cut off on the way. It was not taken.")]
    [InlineData("cut off without a length", "ended after 4 of 10 bytes. It was not taken.")]
    [InlineData("endless", "is longer than 10 bytes. It was not taken.")]
    public async Task Should_RunIt_When_AnObjectIsWrong(string how, string warning)
    {
        RunReport first = await _bench.RunAsync(_bench.First, SharingBench.Http(_server), SharingBench.Plan());
        string victim = "GET cas/" + first["d"].Record!.Outputs["data.txt"].Digest.Hex;
        long sent = 0;
        _server.Instead = (request, stream) => request == victim && Lie(stream, how, ref sent);

        RunReport second = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server), SharingBench.Plan());

        Assert.True(second.Succeeded);
        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.Equal((0, 0, 1), (_bench.Second.RunsOf("source"), _bench.Second.RunsOf("join"), _bench.Second.RunsOf("upper")));
        Assert.EndsWith(warning, Assert.Single(_bench.Warnings), StringComparison.Ordinal);
        Assert.True(sent < 100_000_000, $"{sent} bytes were read");
        _bench.AssertSound(_bench.Second);

        // What was wrong is written over, although the server says that it has it.
        Assert.Equal("PUT " + victim["GET ".Length..], _server.Requests.Last(request => request.StartsWith("PUT cas/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_RunThemAgain_When_InputsAreWrong()
    {
        RunReport first = await _bench.RunAsync(_bench.First, SharingBench.Http(_server), SharingBench.Plan());
        _server.Files["cas/" + first["a"].Record!.Outputs["data.txt"].Digest.Hex] = "wrong"u8.ToArray();
        _bench.Second.Code["join"] = "v2";

        RunReport second = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server), SharingBench.Plan());

        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.Equal((1, 1), (_bench.Second.RunsOf("source"), _bench.Second.RunsOf("join")));
        Assert.Equal("alpha", Encoding.UTF8.GetString(_server.Files["cas/" + first["a"].Record!.Outputs["data.txt"].Digest.Hex]));
        _bench.AssertSound(_bench.Second);
    }

    [Theory]
    [InlineData("garbage", "is not a record of that key")]
    [InlineData("of another key", "is not a record of that key")]
    [InlineData("deep", "is not a record of that key")]
    [InlineData("of endless time", "is not a record of that key")]
    [InlineData("../../../escaped", "is not a record of that key")]
    [InlineData("/etc/escaped", "is not a record of that key")]
    [InlineData("without outputs", "does not name the output 'data.txt' of its stage")]
    [InlineData("negative size", "gives 'data.txt' a negative size")]
    [InlineData("escape sequences", "has control characters in its texts")]
    [InlineData("measured words", "measured something other than numbers")]
    [InlineData("measured escapes", "has control characters in its texts")]
    [InlineData("huge", "is longer than 4194304 bytes")]
    public async Task Should_RunIt_When_ARecordIsWrong(string how, string warning)
    {
        RunReport first = await _bench.RunAsync(_bench.First, SharingBench.Http(_server), SharingBench.Plan());
        string path = "ac/" + first["d"].Record!.Key.Hex;
        _server.Files[path] = how switch
        {
            "garbage" => "<html>It works!</html>"u8.ToArray(),
            "of another key" => _server.Files["ac/" + first["c"].Record!.Key.Hex],
            "deep" => Encoding.ASCII.GetBytes(new string('[', 100_000)),
            "huge" => Encoding.ASCII.GetBytes(new string(' ', 5 << 20)),
            _ => Changed(_server.Files[path], record => Spoil(record, how)),
        };

        RunReport second = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server), SharingBench.Plan());

        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.Equal(1, SharingBench.Runs(_bench.Second));
        Assert.Contains(warning, Assert.Single(_bench.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_bench.Second.Folder, "*", SearchOption.AllDirectories), file => file.Contains("escaped", StringComparison.Ordinal));
        Assert.False(File.Exists("/etc/escaped"));
        _bench.AssertSound(_bench.Second);
    }

    [Fact]
    public async Task Should_TakeNothing_When_AnObjectIsSaidToBeLargerThanTheDisk()
    {
        RunReport first = await _bench.RunAsync(_bench.First, SharingBench.Http(_server), SharingBench.Plan());
        string path = "ac/" + first["d"].Record!.Key.Hex;
        _server.Files[path] = Changed(_server.Files[path], record => record["outputs"]!["data.txt"]!["size"] = 1L << 60);

        RunReport second = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server), SharingBench.Plan());

        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.Contains("more than there is free space", Assert.Single(_bench.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, SharingBench.Runs(_bench.Second));
    }

    [Fact]
    public async Task Should_LeaveItAlone_When_ItIsWrongTooOften()
    {
        await _bench.RunAsync(_bench.First, SharingBench.Http(_server), SharingBench.Plan());
        foreach (string path in _server.Files.Keys.Where(path => path.StartsWith("ac/", StringComparison.Ordinal)))
        {
            _server.Files[path] = "wrong"u8.ToArray();
        }

        RunReport second = await _bench.RunAsync(_bench.Second, SharingBench.Http(_server), SharingBench.Plan(), jobs: 1);

        Assert.Equal("ALPHA+BETA", _bench.Second.Text(second, "d"));
        Assert.Equal(4, SharingBench.Runs(_bench.Second));
        Assert.Equal(4, _bench.Warnings.Count);
        Assert.EndsWith("was wrong too often. The run goes on without it.", _bench.Warnings.Last(), StringComparison.Ordinal);
    }

    private static bool Lie(Stream stream, string how, ref long sent)
    {
        byte[] right = "ALPHA+BETA"u8.ToArray();
        switch (how)
        {
            case "other bytes":
                FakeServer.Answer(stream, "200 OK", "ALPHA+BETB"u8.ToArray());
                break;
            case "shorter":
                FakeServer.Answer(stream, "200 OK", right[..9]);
                break;
            case "longer":
                FakeServer.Answer(stream, "200 OK", [.. right, 0]);
                break;
            case "cut off":
                FakeServer.Answer(stream, "200 OK", right[..4], claims: 10);
                break;
            case "cut off without a length":
                FakeServer.Answer(stream, "200 OK", right[..4], claims: -1);
                break;
            default:
                FakeServer.Answer(stream, "200 OK", right, claims: -1);
                try
                {
                    for (; sent < 1_000_000_000; sent += 1 << 16)
                    {
                        stream.Write(new byte[1 << 16]);
                    }
                }
                catch (IOException)
                {
                    // The client went.
                }

                break;
        }

        return true;
    }

    private static void Spoil(JsonObject record, string how)
    {
        JsonObject outputs = record["outputs"]!.AsObject();
        switch (how)
        {
            case "of endless time":
                record["seconds"] = 1e300;
                break;
            case "without outputs":
                record["outputs"] = new JsonObject();
                break;
            case "negative size":
                outputs["data.txt"]!["size"] = -1;
                break;
            case "escape sequences":
                record["warnings"] = new JsonArray("\u001b]0;owned\u0007");
                break;
            case "measured words":
                record["circumstances"]!["measured"] = new JsonObject { ["lastLoss"] = "low" };
                break;
            case "measured escapes":
                record["circumstances"]!["measured"] = new JsonObject { ["\u001b]0;owned\u0007"] = 1 };
                break;
            default:
                outputs[how] = outputs["data.txt"]!.DeepClone();
                break;
        }
    }

    /// <summary>A record with another text, but the checksum of that text: only its key still protects it.</summary>
    private static byte[] Changed(byte[] text, Action<JsonObject> change)
    {
        JsonObject record = JsonNode.Parse(text)!.AsObject();
        record.Remove("checksum");
        change(record);
        record["checksum"] = CanonicalJson.Hash(record).Hex;
        return Encoding.UTF8.GetBytes(CanonicalJson.WriteIndented(record));
    }
}
