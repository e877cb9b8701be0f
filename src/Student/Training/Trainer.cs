using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Monitoring;
using NaturalThoughts.Student.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>Trains a student on masked examples.</summary>
public sealed class Trainer
{
    private const double Divergence = 2;
    private const string Header = "step,tokens,loss,learningRate,gradientNorm";
    private readonly LlamaModel _model;
    private readonly TrainingOptions _options;
    private readonly int _padId;
    private readonly int _threads;
    private readonly TimeProvider _clock;
    private readonly StringBuilder _log = new(Header + "\n");

    /// <param name="model">The model, changed in place.</param>
    /// <param name="options">How.</param>
    /// <param name="padId">The token that fills batches.</param>
    /// <param name="threads">At least, for shards and their kernels together (torch's number, where it is larger); never changes a result.</param>
    /// <param name="clock">Measures times and says when a checkpoint is due; null for the system's.</param>
    public Trainer(LlamaModel model, TrainingOptions options, int padId, int threads = 1, TimeProvider? clock = null) =>
        (_model, _options, _padId, _threads, _clock) = (model, options, padId, threads, clock ?? TimeProvider.System);

    /// <summary>Logits that are alive at once; a test sets fewer.</summary>
    internal long MostLogits { get; init; } = LossPass.MostLogits;

    /// <summary>
    /// One line a step: <c>step,tokens,loss,learningRate,gradientNorm</c>; with held-out examples <c>heldOutLoss</c> too, empty where it was not
    /// measured.
    /// </summary>
    public string Log => _log.ToString();

    /// <summary>The lowest loss on held-out examples, the earliest of several; null without such examples.</summary>
    public HeldOutPoint? Lowest { get; private set; }

    /// <summary>Whose weights the model has after a training with held-out examples: <see cref="TrainingOptions.Keep"/>; null without such examples.</summary>
    public HeldOutPoint? Kept { get; private set; }

    /// <summary>What was measured on the way: speed, memory, last values; outside of every result.</summary>
    public SortedDictionary<string, double> Measured { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Trains for all epochs, from where an interrupted run of the same target stood.</summary>
    /// <param name="rows">The examples.</param>
    /// <param name="seed">Decides their order.</param>
    /// <param name="progress">Is told every step.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <param name="longRun">Where checkpoints and curves go; null for nowhere.</param>
    /// <param name="heldOut">Examples whose loss is measured meanwhile; null or none for no measurement.</param>
    /// <returns>Tokens trained on, padding excluded.</returns>
    /// <exception cref="UserErrorException">
    /// An example is none for this model (<see cref="TokenLimits"/>), before the first step; or the loss is no finite number or has exploded; the message names
    /// step, examples and last checkpoint.
    /// </exception>
    public long Run(
        IReadOnlyList<EncodedRow> rows,
        string seed,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation,
        LongRun? longRun = null,
        IReadOnlyList<EncodedRow>? heldOut = null)
    {
        Check([.. rows, .. heldOut ?? []]);
        SizedRow[] sized = [.. rows.Select(row => row.Sized)];
        List<int[]>[] epochs = [.. Enumerable.Range(0, _options.Epochs).Select(epoch => TrainingBatches.Epoch(sized, _options.BatchTokens, seed, epoch))];
        List<int[]> batches = [.. epochs.SelectMany(epoch => epoch)];
        using Evaluations? evaluations = heldOut is { Count: > 0 }
            ? new(new HeldOutLoss(heldOut, _options, _padId, _threads) { Logits = MostLogits }, _model, _options, Ends(epochs))
            : null;
        using FlatAdamW optimizer = new(_model.Trained, _options, seed);
        LlamaModel[] copies = [.. Enumerable.Range(1, Math.Max(_options.Shards, _model.Backend.LeastShards) - 1).Select(_ => _model.Share())];
        LlamaModel[] replicas = [_model, .. copies];
        try
        {
            return Steps(rows, batches, replicas, optimizer, evaluations, progress, longRun, cancellation);
        }
        finally
        {
            Array.ForEach(copies, copy => copy.Dispose());
        }
    }

    private long Steps(
        IReadOnlyList<EncodedRow> rows,
        List<int[]> batches,
        LlamaModel[] replicas,
        FlatAdamW optimizer,
        Evaluations? evaluations,
        IProgress<StageProgress>? progress,
        LongRun? longRun,
        CancellationToken cancellation)
    {
        TrainingCheckpoints? checkpoints = longRun is null ? null : new(longRun, _clock);
        Dictionary<string, Tensor> state = new(optimizer.State, StringComparer.Ordinal);
        if (evaluations?.Copy is { } copy)
        {
            state["best"] = copy;
        }

        ResumePoint start = checkpoints?.Restore(state) ?? new ResumePoint(0, 0, double.NaN, evaluations is null ? Log : Header + ",heldOutLoss\n");
        _log.Clear().Append(start.Log);
        optimizer.Continue(start.Step);
        evaluations?.Continue(start.Lowest);
        (long tokens, double firstLoss) = (start.Tokens, start.FirstLoss);
        using TrainingMonitor monitor = new(
            longRun?.Logs, start.Step, _clock, _model.Weights.Placement.Device.type == DeviceType.CUDA ? CudaDevices.MemoryInUse : null);
        for (int step = start.Step; step < batches.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            EncodedRow[] batch = [.. batches[step].Select(i => rows[i])];
            double rate = _options.RateAt(step, batches.Count);
            (double loss, double norm) = Step(batch, replicas, optimizer, rate);
            firstLoss = step == 0 ? loss : firstLoss;
            Check(loss, norm, firstLoss, step, batches.Count, batch, checkpoints);
            long added = batch.Sum(row => (long)row.Tokens.Ids.Length);
            tokens += added;
            _log.Append(CultureInfo.InvariantCulture, $"{step + 1},{tokens},{loss:0.000000},{rate:0.########},{norm:0.000000}");
            monitor.Step(step + 1, added, loss, rate, norm);
            if (evaluations is not null)
            {
                HeldOutPoint? point = evaluations.After(step + 1, replicas);
                _log.Append(CultureInfo.InvariantCulture, $",{point?.Loss:0.000000}");
                if (point is not null)
                {
                    monitor.HeldOut(point.Step, point.Loss, evaluations.Lowest!.Step, evaluations.Lowest.Loss);
                }
            }

            _log.Append('\n');
            progress?.Report(
                new StageProgress(
                    step + 1, batches.Count, "steps", monitor.Note + Trouble("checkpoint", checkpoints?.Failure) + Trouble("curves", monitor.Failure))
                {
                    Before = start.Step,
                });
            if (step + 1 < batches.Count)
            {
                checkpoints?.SaveWhenDue(() => new ResumePoint(step + 1, tokens, firstLoss, Log, evaluations?.Lowest), state);
            }
        }

        Measured = monitor.Measured;
        (Lowest, Kept) = (evaluations?.Lowest, evaluations?.Finish());
        return tokens;
    }

    // Steps done at the end of each epoch.
    private static int[] Ends(List<int[]>[] epochs)
    {
        int steps = 0;
        return [.. epochs.Select(epoch => steps += epoch.Count)];
    }

    private void Check(IReadOnlyList<EncodedRow> rows)
    {
        TokenLimits.CheckPad(_model.Config, _padId);
        foreach (EncodedRow row in rows)
        {
            TokenLimits.Check(_model.Config, $"training example of question '{row.Id}'", row.Tokens.Ids);
            TokenBatch.CheckPrompt(row);
        }
    }

    private static string Trouble(string what, string? failure) => failure is null ? "" : $", no {what}: {failure}";

    private void Check(double loss, double norm, double firstLoss, int step, int steps, EncodedRow[] batch, TrainingCheckpoints? checkpoints)
    {
        // A model that knows nothing has a loss of ln V: one that is twice as bad as that, and as its start, has not failed to learn but diverged.
        double limit = Divergence * Math.Max(firstLoss, ScalarMath.Log(_model.Config.VocabSize));
        if (double.IsFinite(loss) && double.IsFinite(norm) && loss <= limit)
        {
            return;
        }

        string what = double.IsFinite(loss) && double.IsFinite(norm)
            ? FormattableString.Invariant($"has exploded to {loss:0.###}")
            : FormattableString.Invariant($"is {loss:0.###}, the norm of the gradient {norm:0.###}");
        string last = checkpoints?.Latest is { } path ? $"the last good checkpoint is {path}" : "no checkpoint was due before (resume: everyMinutes)";
        throw new UserErrorException(
            FormattableString.Invariant(
                $"The loss {what} at step {step + 1} of {steps}; the batch holds {string.Join(", ", batch.Select(row => row.Id))}; {last}."),
            "training",
            "Lower the learning rate, set clipNorm, or look at these examples.",
            ExitCode.TargetFailed);
    }

    /// <summary>
    /// The loss of a batch, and its gradient in <see cref="ModelWeights.IFlatParameters.Gradient"/>: the sum over supervised tokens by their number.
    /// </summary>
    internal double Backward(IReadOnlyList<EncodedRow> batch, IReadOnlyList<LlamaModel> replicas)
    {
        int supervised = batch.Sum(row => row.Tokens.SupervisedLength);
        EncodedRow[][] shards =
            [.. batch.Select((row, i) => (row, shard: i % replicas.Count)).GroupBy(item => item.shard, item => item.row).Select(shard => shard.ToArray())];
        double[] losses = new double[shards.Length];
        Team.Run(shards.Length, Math.Max(_threads, Threads.Count), i => losses[i] = Backward(shards[i], supervised, replicas[i]));
        for (int i = 1; i < shards.Length; i++)
        {
            _model.Backend.Accumulate(_model.Trained.Gradient, replicas[i].Trained.Gradient);
        }

        return losses.Sum();
    }

    private double Backward(EncodedRow[] shard, int supervised, LlamaModel model)
    {
        using DisposeScope all = NewDisposeScope(); // of this thread
        LossPass pass = new(model, _options) { Logits = MostLogits };
        model.Trained.Gradient.zero_();
        double loss = 0;
        foreach (EncodedRow[] part in MicroBatches.Of(shard, _options.MicroBatchTokens))
        {
            using DisposeScope scope = NewDisposeScope();
            loss += pass.Add(TokenBatch.Of(part, _padId, model.Weights.Placement), supervised);
        }

        return loss;
    }

    private (double Loss, double Norm) Step(IReadOnlyList<EncodedRow> batch, IReadOnlyList<LlamaModel> replicas, FlatAdamW optimizer, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = Backward(batch, replicas);
        double norm = optimizer.Update.Norm(_model.Trained.Gradient);
        if (_options.ClipNorm > 0 && norm > _options.ClipNorm)
        {
            optimizer.Update.Scale(_model.Trained.Gradient, _options.ClipNorm / norm);
        }

        optimizer.Step(rate);
        return (loss, norm);
    }
}
