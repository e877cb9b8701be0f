using System.ComponentModel;
using System.Diagnostics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>One worker process and the pipes to it. Takes one job at a time.</summary>
internal sealed class WorkerLane : IDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Who closed its output is about to die: how it does is worth a wait.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Queue<string> _tail = new();

    public WorkerLane(WorkerCommand command)
    {
        ProcessStartInfo start = new(command.FileName)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StageFailedException([new UserError($"The worker '{command.FileName}' cannot be started: {e.Message}")], null, e);
        }

        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>True as long as it can take another job.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>True when the process ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Has the worker run one job, and waits for its result.</summary>
    public async Task<StageResult> ExecuteAsync(StageJob job, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        // A job that ends in any other way than by a message of the worker ends the worker.
        IsUsable = false;
        try
        {
            await _process.StandardInput.WriteLineAsync(WorkerMessages.Job(job).AsMemory(), cancellation).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw await DiedAsync().ConfigureAwait(false);
        }

        while (await _process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            switch (WorkerMessages.Read(line))
            {
                case StageProgress step:
                    progress?.Report(step);
                    break;
                case StageResult result:
                    IsUsable = true;
                    return result;
                case StageFailedException failed:
                    IsUsable = true;
                    throw failed;
                default:
                    Keep(line);
                    break;
            }
        }

        throw await DiedAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the process: by closing its input when it is idle, at once when it is not.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
            if (!IsUsable || !_process.WaitForExit(Patience))
            {
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit();
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It is gone already.
        }

        _process.Dispose();
    }

    private async Task<StageFailedException> DiedAsync()
    {
        using CancellationTokenSource late = new(LastWords);
        string how;
        try
        {
            await _process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            how = FormattableString.Invariant($"The worker process died with exit code {_process.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            how = "The worker process closed its output.";
        }

        lock (_tail)
        {
            string details = string.Join('\n', _tail);
            return new StageFailedException([new UserError(how, null, _tail.Count > 0 ? "Its last words: " + _tail.Last() : null)], details);
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > KeptLines)
            {
                _tail.Dequeue();
            }
        }
    }
}
