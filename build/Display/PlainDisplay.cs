using System.Globalization;
using Cake.Core.Diagnostics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Display;

/// <summary>Plain lines, for output that goes to a file or a log: one for each target that ran or failed, and a sign of life from long ones.</summary>
internal sealed class PlainDisplay(RunProgress progress, TextWriter output, Verbosity verbosity, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);
    private long _last = clock.GetTimestamp();

    /// <inheritdoc />
    public void Started(Target target)
    {
        progress.Start(target);
        if (verbosity >= Verbosity.Verbose)
        {
            output.WriteLine($"{Count} started {target.Address}");
        }
    }

    /// <inheritdoc />
    public void Progressed(Target target, StageProgress state)
    {
        progress.Advance(target, state);
        if (verbosity < Verbosity.Normal || clock.GetElapsedTime(_last) < SignOfLife)
        {
            return;
        }

        _last = clock.GetTimestamp();
        output.WriteLine($"{Count} {target.Address} {Format.Progress(state)}, about {Format.Duration(progress.Eta)} left");
    }

    /// <inheritdoc />
    public void Finished(Target target, TargetResult result)
    {
        progress.Finish(target, result.Outcome == TargetOutcome.Ran);
        bool show = result.Outcome switch
        {
            TargetOutcome.Failed => true,
            TargetOutcome.Ran => verbosity >= Verbosity.Normal,
            _ => verbosity >= Verbosity.Verbose,
        };
        if (show)
        {
            _last = clock.GetTimestamp();
            string rest = result.Outcome == TargetOutcome.Failed
                ? result.Errors.Count > 0 ? result.Errors[0].ToString() : "failed"
                : $"{Format.Duration(result.Duration)}, about {Format.Duration(progress.Eta)} left";
            output.WriteLine($"{Count} {result.Outcome.ToString().ToLowerInvariant()} {target.Address} ({rest})");
        }
    }

    private string Count => string.Create(CultureInfo.InvariantCulture, $"[{progress.Done}/{progress.Total}]");
}
