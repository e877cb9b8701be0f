using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using Spectre.Console;

namespace NaturalThoughts.Build.Display;

/// <summary>A live view for a terminal: a bar over all targets with the time left, and a bar for each target that runs.</summary>
internal sealed class LiveDisplay(RunProgress progress) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);
    private ProgressContext? _context;
    private ProgressTask? _all;

    /// <summary>Shows the view while <paramref name="work"/> runs.</summary>
    public async Task WhileAsync(Task work) =>
        await AnsiConsole.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                lock (_gate)
                {
                    _context = context;
                    _all = context.AddTask("all targets", maxValue: Math.Max(1, progress.Total));
                }

                while (await Task.WhenAny(work, Task.Delay(250)) != work)
                {
                    Refresh();
                }
            });

    /// <inheritdoc />
    public void Started(Target target)
    {
        lock (_gate)
        {
            progress.Start(target);
        }
    }

    /// <inheritdoc />
    public void Progressed(Target target, StageProgress state)
    {
        lock (_gate)
        {
            progress.Advance(target, state);
        }
    }

    /// <inheritdoc />
    public void Finished(Target target, TargetResult result)
    {
        lock (_gate)
        {
            progress.Finish(target, result.Outcome == TargetOutcome.Ran);
            if (_bars.Remove(target.Address, out ProgressTask? bar))
            {
                bar.Value = bar.MaxValue;
                bar.StopTask();
            }
        }
    }

    private void Refresh()
    {
        lock (_gate)
        {
            _all!.Value = progress.Done;
            _all.Description = $"{progress.Done}/{progress.Total} targets, {progress.Left}".TrimEnd(',', ' ');
            foreach ((string address, TimeSpan elapsed, StageProgress last) in progress.Running)
            {
                if (elapsed < TimeSpan.FromSeconds(1))
                {
                    continue;
                }

                if (!_bars.TryGetValue(address, out ProgressTask? bar))
                {
                    _bars.Add(address, bar = _context!.AddTask(Markup.Escape(address), maxValue: 1));
                }

                bar.Description = Markup.Escape($"  {address} {Format.Progress(last)}");
                bar.Value = last.Total > 0 ? (double)last.Done / last.Total : 0;
            }
        }
    }
}
