using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Monitoring;

/// <summary>How a training goes: speed and memory of this process, for people, TensorBoard and the run record. No result depends on it.</summary>
internal sealed class TrainingMonitor : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly int _firstStep;
    private readonly string? _logs;
    private readonly Func<long?> _deviceMemory;
    private EventFile? _events;
    private long _flushed;
    private long _tokens;
    private double _loss;
    private double _rate;
    private double _norm;
    private double? _heldOut;
    private double _lowest;
    private int _lowestStep;

    /// <param name="logs">The folder for TensorBoard; null for none.</param>
    /// <param name="firstStep">Steps that earlier processes did.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="deviceMemory">Bytes of a GPU that are in use, its caches counted; null for no GPU.</param>
    public TrainingMonitor(string? logs, int firstStep, TimeProvider clock, Func<long?>? deviceMemory = null)
    {
        _deviceMemory = deviceMemory ?? (() => null);
        _clock = clock;
        _start = _flushed = clock.GetTimestamp();
        _firstStep = firstStep;
        _logs = logs;
        Log(Begin);
    }

    /// <summary>Why there are no curves, or no more of them; null when there are.</summary>
    public string? Failure { get; private set; }

    /// <summary>Tokens trained on in a second since this process began.</summary>
    public double TokensPerSecond => _tokens / Math.Max(1e-9, _clock.GetElapsedTime(_start).TotalSeconds);

    /// <summary>The loss and the speed, as the progress line shows them, and the loss on held-out examples where it is measured.</summary>
    public string Note => string.Create(CultureInfo.InvariantCulture, $"loss {_loss:0.000}, {TokensPerSecond:#,##0} tokens/s")
        + (_heldOut is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", held-out loss {_heldOut:0.000} (lowest {_lowest:0.000} at step {_lowestStep})"));

    /// <summary>What the run record keeps.</summary>
    public SortedDictionary<string, double> Measured
    {
        get
        {
            SortedDictionary<string, double> measured = new(StringComparer.Ordinal)
            {
                ["tokensPerSecond"] = Math.Round(TokensPerSecond, 1),
                ["lastLoss"] = _loss,
                ["lastLearningRate"] = _rate,
                ["lastGradientNorm"] = _norm,
                ["peakMemoryOfProcessBytes"] = PeakBytes(),
                ["resumedAtStep"] = _firstStep,
            };
            if (_deviceMemory() is { } bytes)
            {
                measured["memoryOfDeviceBytes"] = bytes;
            }

            if (_heldOut is { } heldOut)
            {
                (measured["lastHeldOutLoss"], measured["lowestHeldOutLoss"], measured["lowestHeldOutStep"]) = (heldOut, _lowest, _lowestStep);
            }

            return measured;
        }
    }

    /// <summary>Records the numbers of a step.</summary>
    /// <param name="step">Steps done, those of earlier processes included.</param>
    /// <param name="tokens">Tokens of this step, padding excluded.</param>
    /// <param name="loss">Mean over supervised tokens, in nats.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="norm">Norm of the gradient before clipping.</param>
    public void Step(int step, long tokens, double loss, double rate, double norm)
    {
        (_loss, _rate, _norm) = (loss, rate, norm);
        _tokens += tokens;
        if (_events is null)
        {
            return;
        }

        Log(() =>
        {
            List<(string, double)> values =
            [
                ("train/loss", loss),
                ("train/learning_rate", rate),
                ("train/gradient_norm", norm),
                ("train/tokens_per_second", TokensPerSecond),
                ("system/memory_bytes", Environment.WorkingSet),
            ];
            if (_deviceMemory() is { } bytes)
            {
                values.Add(("system/device_memory_bytes", bytes));
            }

            _events?.Write(step, [.. values]);
            if (_clock.GetElapsedTime(_flushed) >= FlushInterval)
            {
                _flushed = _clock.GetTimestamp();
                _events?.Flush();
            }
        });
    }

    /// <summary>Takes note of a loss on held-out examples.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="loss">Mean over supervised tokens, in nats.</param>
    /// <param name="lowestStep">Where it was lowest so far.</param>
    /// <param name="lowest">The loss there.</param>
    public void HeldOut(int step, double loss, int lowestStep, double lowest)
    {
        (_heldOut, _lowestStep, _lowest) = (loss, lowestStep, lowest);
        Log(() => _events?.Write(step, ("eval/loss", loss)));
    }

    /// <inheritdoc />
    public void Dispose() => Log(() => _events?.Dispose());

    private void Begin()
    {
        if (_logs is null)
        {
            return;
        }

        // A training that begins anew replaces the curves of the one before; one that goes on adds to them.
        if (_firstStep == 0 && Directory.Exists(_logs))
        {
            Directory.Delete(_logs, recursive: true);
        }

        _events = new EventFile(_logs, _firstStep, _clock);
    }

    // No result depends on the curves: a full disk there ends them and not the training.
    private void Log(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure ??= e.Message;
            _events = null;
        }
    }

    private static double PeakBytes()
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
