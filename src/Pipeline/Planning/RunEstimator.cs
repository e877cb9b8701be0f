using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>
/// Estimates targets from earlier runs: the last one at the same address; else those with the same parameters, or else all of the
/// stage, of which the ones count whose addresses share the most segments (so that seed 4 is judged by seeds 1 to 3). Medians.
/// </summary>
public sealed class RunEstimator
{
    private const double UnknownSeconds = 1;
    private const double UnknownTensorSeconds = 10;
    private readonly Dictionary<string, RunSummary> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(RunSummary Run, string[] Segments)>> _byStage = new(StringComparer.Ordinal);

    /// <param name="runs">Earlier runs, oldest first.</param>
    public RunEstimator(IReadOnlyList<RunSummary> runs)
    {
        foreach (RunSummary run in runs)
        {
            _byAddress[run.Address] = run;
            if (!_byStage.TryGetValue(run.StageName, out List<(RunSummary, string[])>? list))
            {
                _byStage.Add(run.StageName, list = []);
            }

            list.Add((run, run.Address.Split('/')));
        }
    }

    /// <summary>The estimate for a target.</summary>
    public RunEstimate Of(Target target)
    {
        if (_byAddress.TryGetValue(target.Address, out RunSummary? last) && last.StageName == target.StageName)
        {
            return new RunEstimate(last.Seconds, last.TrainedTokens, last.GeneratedTokens, EstimateBasis.SameAddress);
        }

        if (!_byStage.TryGetValue(target.StageName, out List<(RunSummary Run, string[] Segments)>? all))
        {
            return new RunEstimate(target.Resources.UsesTensors ? UnknownTensorSeconds : UnknownSeconds, 0, 0, EstimateBasis.None);
        }

        ContentHash parameters = CanonicalJson.Hash(target.Parameters);
        List<(RunSummary Run, string[] Segments)> same = all.FindAll(entry => entry.Run.Parameters == parameters);
        return Median(same.Count > 0 ? same : all, target.Address.Split('/'), same.Count > 0 ? EstimateBasis.SameParameters : EstimateBasis.SameStage);
    }

    private static RunEstimate Median(List<(RunSummary Run, string[] Segments)> runs, string[] address, EstimateBasis basis)
    {
        int most = runs.Max(entry => Shared(entry.Segments, address));
        RunSummary[] nearest = [.. runs.Where(entry => Shared(entry.Segments, address) == most).Select(entry => entry.Run).OrderBy(run => run.Seconds)];
        RunSummary median = nearest[nearest.Length / 2];
        return new RunEstimate(median.Seconds, median.TrainedTokens, median.GeneratedTokens, basis);
    }

    private static int Shared(string[] a, string[] b) => a.Zip(b).Count(pair => pair.First == pair.Second);
}
