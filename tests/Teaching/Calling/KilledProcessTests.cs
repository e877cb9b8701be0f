using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>The call store under kill -9 and two processes.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_NeitherLoseNorRepeatAFinishedCall_When_KilledAtRandomMoments()
    {
        // 100 kills with NATURALTHOUGHTS_KILLS=100, which takes minutes.
        int kills = int.Parse(Environment.GetEnvironmentVariable("NATURALTHOUGHTS_KILLS") ?? "20", CultureInfo.InvariantCulture);
        int questions = kills * 20;
        SeededRandom random = SeededRandom.From("kills");
        ConcurrentDictionary<string, int> asked = new(StringComparer.Ordinal);
        int killAt = int.MaxValue;
        int requests = 0;
        Process? child = null;
        await using ChatServer server = await ChatServer.StartAsync(async (body, context) =>
        {
            string question = Replies.LastMessage(body);
            asked.AddOrUpdate(question, 1, (_, count) => count + 1);
            if (Interlocked.Increment(ref requests) == Volatile.Read(ref killAt))
            {
                child!.Kill();
                return;
            }

            await Replies.TextAsync(body, context, $"answer to {question}");
        });

        int repeated = 0;
        EndpointOptions endpoint = Bench.Endpoint(server.Url);
        CallStore store = new(_bench.Calls);
        for (int kill = 0; kill <= kills; kill++)
        {
            Dictionary<string, int> keptBefore = Enumerable.Range(0, questions).Select(i => $"question {i}")
                .Where(text => store.Find(ChatCall.Of(endpoint, [new("user", text)]).Key) is not null)
                .ToDictionary(text => text, text => asked[text], StringComparer.Ordinal);
            killAt = kill < kills ? Volatile.Read(ref requests) + random.Between(1, 30) : int.MaxValue;
            child = Start(server, questions);
            string errors = await child.StandardError.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == (child.HasExited && kill < kills && Volatile.Read(ref requests) >= killAt ? 137 : 0), errors);
            repeated += keptBefore.Count(pair => asked[pair.Key] != pair.Value);
            child.Dispose();
        }

        Assert.Equal(0, repeated);
        Assert.All(
            Enumerable.Range(0, questions),
            i => Assert.Equal($"answer to question {i}", store.Find(ChatCall.Of(endpoint, [new("user", $"question {i}")]).Key)!.Reply.Content));

        // A kill can only cost the calls that were under way.
        Assert.InRange(requests, questions, questions + (kills * 64));
    }

    [Fact]
    public async Task Should_MakeEachCallOnce_When_TwoProcessesShareAStore()
    {
        ConcurrentDictionary<string, int> asked = new(StringComparer.Ordinal);
        await using ChatServer server = await ChatServer.StartAsync(async (body, context) =>
        {
            string question = Replies.LastMessage(body);
            asked.AddOrUpdate(question, 1, (_, count) => count + 1);
            await Replies.TextAsync(body, context, $"answer to {question}");
        });
        Process[] both = [Start(server, 200), Start(server, 200)];
        foreach (Process process in both)
        {
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, errors);
            process.Dispose();
        }

        Assert.Equal(200, asked.Count);
        Assert.All(asked.Values, count => Assert.Equal(1, count));
    }

    private Process Start(ChatServer server, int questions)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in
            new[] { "exec", typeof(KilledProcessTests).Assembly.Location, "call", server.Url, _bench.Calls, questions.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        start.FileName = "dotnet";
        return Process.Start(start)!;
    }
}
