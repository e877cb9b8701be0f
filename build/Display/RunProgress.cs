using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Display;

/// <summary>
/// How far a run is: targets done, and the time that the rest will take, judged by earlier runs; where there are none, by the targets
/// of the same stage that this run has done.
/// </summary>
internal sealed class RunProgress(TargetGraph graph, IReadOnlyList<string> closure, RunEstimator estimator, int jobs, TimeProvider clock)
{
    private readonly Dictionary<string, RunEstimate> _remaining = Estimates(graph, closure, estimator);

    private readonly Dictionary<string, (double Seconds, int Count)> _measured = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (long Started, StageProgress Last)> _running = new(StringComparer.Ordinal);

    /// <summary>Targets of the run.</summary>
    public int Total => closure.Count;

    /// <summary>Targets that ended.</summary>
    public int Done => Total - _remaining.Count;

    /// <summary>Targets that run now, with what they last told.</summary>
    public IEnumerable<(string Address, TimeSpan Elapsed, StageProgress Last)> Running =>
        _running.Select(item => (item.Key, clock.GetElapsedTime(item.Value.Started), item.Value.Last));

    /// <summary>Targets that have to come, of which nothing tells how long they take.</summary>
    public int Untimed => _remaining.Keys.Count(address => Estimate(address) is null && !Tells(address));

    /// <summary>The time left as people read it, such as <c>about 12 s left</c>; empty at the end.</summary>
    public string Left
    {
        get
        {
            int untimed = Untimed;
            string known = untimed < _remaining.Count ? $"about {Format.Estimate(Eta)} left" : "";
            string unknown = untimed > 0 ? $"{Format.Many(untimed, "target")} never timed" : "";
            return string.Join(" + ", new[] { known, unknown }.Where(part => part.Length > 0));
        }
    }

    /// <summary>The likely time to the end, without the targets that are <see cref="Untimed"/>.</summary>
    public TimeSpan Eta
    {
        get
        {
            double seconds = 0;
            foreach (string address in _remaining.Keys)
            {
                double estimate = Estimate(address) ?? 0;
                seconds += _running.TryGetValue(address, out (long Started, StageProgress Last) run)
                    ? Rest(clock.GetElapsedTime(run.Started).TotalSeconds, run.Last, estimate)
                    : estimate;
            }

            return TimeSpan.FromSeconds(seconds / Math.Min(jobs, Math.Max(1, _remaining.Count)));
        }
    }

    /// <summary>Notes that a target starts.</summary>
    public void Start(Target target) => _running[target.Address] = (clock.GetTimestamp(), default);

    /// <summary>A target tells how far it is.</summary>
    public void Advance(Target target, StageProgress progress)
    {
        if (_running.TryGetValue(target.Address, out (long Started, StageProgress Last) run))
        {
            _running[target.Address] = (run.Started, progress);
        }
    }

    /// <summary>A target ended; <paramref name="ran"/> is false where it was cached or came to nothing.</summary>
    public void Finish(Target target, bool ran)
    {
        if (_running.Remove(target.Address, out (long Started, StageProgress Last) run) && ran)
        {
            (double seconds, int count) = _measured.GetValueOrDefault(target.StageName);
            _measured[target.StageName] = (seconds + clock.GetElapsedTime(run.Started).TotalSeconds, count + 1);
        }

        _remaining.Remove(target.Address);
    }

    // Of targets that are the same but for their addresses one runs, and the others find what it made.
    private static Dictionary<string, RunEstimate> Estimates(TargetGraph graph, IReadOnlyList<string> closure, RunEstimator estimator)
    {
        HashSet<ContentHash> runs = [];
        return closure.ToDictionary(
            address => address,
            address => runs.Add(graph.DefinitionOf(address)) ? estimator.Of(graph[address]) : new RunEstimate(0, 0, 0, EstimateBasis.SameAddress),
            StringComparer.Ordinal);
    }

    // What this run measured says more than runs of the stage with other parameters, such as those of another profile.
    private double? Estimate(string address) => _remaining[address] switch
    {
        { Basis: EstimateBasis.None or EstimateBasis.SameStage } when _measured.TryGetValue(
            graph[address].StageName, out (double Seconds, int Count) measured) =>
            measured.Seconds / measured.Count,
        { Basis: EstimateBasis.None } => null,
        { Seconds: double seconds } => seconds,
    };

    private bool Tells(string address) =>
        _running.TryGetValue(address, out (long Started, StageProgress Last) run) && run.Last is { Total: > 0, Done: > 0 };

    private static double Rest(double elapsed, StageProgress last, double estimate) =>
        last.Total > 0 && last.Done > last.Before ? elapsed * (last.Total - last.Done) / (last.Done - last.Before) : Math.Max(0, estimate - elapsed);
}
