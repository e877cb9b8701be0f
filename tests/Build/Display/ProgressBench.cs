using System.Text.Json.Nodes;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Tests.Display;

/// <summary>A run of independent targets on a clock of its own; the stage is the first segment of an address, its parameter the last.</summary>
internal sealed class ProgressBench(int jobs, IReadOnlyList<RunSummary> history, params string[] addresses)
{
    public ManualClock Clock { get; } = new();

    public TargetGraph Graph { get; } = new([.. addresses.Select(address => new Target(address, address.Split('/')[0]) { Parameters = Parameters(address) })]);

    public RunProgress Progress => field ??= new RunProgress(Graph, addresses, new RunEstimator(history), jobs, Clock);

    /// <summary>A recorded run at an address, of the same stage and parameters or of others.</summary>
    public static RunSummary Earlier(string address, double seconds, bool sameParameters = true) => new(
        ContentHash.OfText(address), address.Split('/')[0], sameParameters ? CanonicalJson.Hash(Parameters(address)) : default, default, seconds,
        0, 0, address);

    public static TargetResult Result(string address, TargetOutcome outcome, double seconds = 0) =>
        new(address, outcome) { Duration = TimeSpan.FromSeconds(seconds) };

    /// <summary>Starts a target, lets time pass, and ends it.</summary>
    public void Run(string address, double seconds, bool ran = true)
    {
        Progress.Start(Graph[address]);
        Clock.Advance(seconds);
        Progress.Finish(Graph[address], ran);
    }

    private static JsonObject Parameters(string address) => new() { ["name"] = address.Split('/')[^1] };
}
