using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Scheduling;

/// <summary>A plan that several processes run at once; each stage leaves one file of its own for each of its runs.</summary>
internal static class SharedRun
{
    public const int Width = 8;

    public static async Task<int> RunAsync(string root, string log)
    {
        IStage Stage(string name) => new FakeStage(
            name,
            context =>
            {
                string me = (string?)context.Parameters["me"] ?? "end";
                File.WriteAllText(Path.Combine(log, FormattableString.Invariant($"{me} {Environment.ProcessId}")), "");
                Thread.Sleep(40);
                return Bench.Write(context, me);
            },
            "data.txt");
        using ObjectStore store = new(root);
        Target[] parts = [.. Enumerable.Range(0, Width).Select(i => new Target($"part{i}", "part") { Parameters = new JsonObject { ["me"] = $"part{i}" } })];
        TargetGraph graph = new([.. parts, Bench.From("end", "join", [.. parts.Select(part => part.Address)])]);
        RunSettings settings = new()
        {
            Store = store,
            Keys = new KeyContext(_ => ContentHash.OfText("v1")),
            Catalog = Stage,
            Executor = new InProcessExecutor(Stage),
            Jobs = 2,
        };
        RunReport report = await new Scheduler(settings).RunAsync(graph, ["end"]);
        return (int)report.ExitCode;
    }
}
