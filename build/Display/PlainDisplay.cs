using System.Globalization;
using Cake.Core.Diagnostics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Display;

/// <summary>
/// Plain lines, for output that goes to a file or a log: one for each target that failed or took a while, one now and then for quick ones, and
/// a sign of life from long ones. Verbose: one for each target.
/// </summary>
internal sealed class PlainDisplay(RunProgress progress, TextWriter output, Verbosity verbosity, TimeProvider clock) : IRunObserver
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
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
        output.WriteLine($"{Count} {target.Address} {Format.Progress(state)}, {progress.Left}");
    }

    /// <inheritdoc />
    public void Finished(Target target, TargetResult result)
    {
        progress.Finish(target, result.Outcome == TargetOutcome.Ran);
        bool show = result.Outcome switch
        {
            _ when verbosity >= Verbosity.Verbose => true,
            _ when verbosity < Verbosity.Normal => false,
            TargetOutcome.Failed => true,
            TargetOutcome.Ran => result.Duration >= Quick || clock.GetElapsedTime(_last) >= Pause,
            _ => false,
        };
        if (!show)
        {
            return;
        }

        _last = clock.GetTimestamp();
        string[] rest = result.Outcome switch
        {
            TargetOutcome.Failed => [result.Errors.Count > 0 ? result.Errors[0].ToString() : "failed"],
            TargetOutcome.Ran => [Format.Duration(result.Duration), progress.Left],
            TargetOutcome.Blocked => [$"needs {result.BlockedBy}, which failed"],
            _ => [result.Reason ?? ""],
        };
        string note = string.Join(", ", rest.Where(part => part.Length > 0));
        output.WriteLine($"{Count} {result.Outcome.ToString().ToLowerInvariant()} {target.Address}{(note.Length > 0 ? $" ({note})" : "")}");
    }

    private string Count => string.Create(CultureInfo.InvariantCulture, $"[{progress.Done}/{progress.Total}]");
}
