using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>Trains a student on masked examples.</summary>
public sealed class Trainer
{
    private readonly LlamaModel _model;
    private readonly TrainingOptions _options;
    private readonly int _padId;
    private readonly int _threads;
    private readonly StringBuilder _log = new("step,tokens,loss,learningRate,gradientNorm\n");

    /// <param name="model">The model, changed in place.</param>
    /// <param name="options">How.</param>
    /// <param name="padId">The token that fills batches.</param>
    /// <param name="threads">Shards computed at the same time; never changes a result.</param>
    public Trainer(LlamaModel model, TrainingOptions options, int padId, int threads = 1) => (_model, _options, _padId, _threads) = (model, options, padId, threads);

    /// <summary>One line a step: <c>step,tokens,loss,learningRate,gradientNorm</c>.</summary>
    public string Log => _log.ToString();

    /// <summary>Trains for all epochs.</summary>
    /// <returns>Tokens trained on, padding excluded.</returns>
    /// <exception cref="UserErrorException">The loss is no finite number; the message names the step.</exception>
    public long Run(IReadOnlyList<EncodedRow> rows, string seed, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        List<int[]> batches = [.. Enumerable.Range(0, _options.Epochs).SelectMany(epoch => BatchPlan.Epoch(rows, _options.BatchTokens, seed, epoch))];
        using FlatAdamW optimizer = new(_model.Weights, _options);
        LlamaModel[] copies = [.. Enumerable.Range(1, _options.Shards - 1).Select(_ => new LlamaModel(_model.Weights.Share()))];
        LlamaModel[] replicas = [_model, .. copies];
        try
        {
            return Steps(rows, batches, replicas, optimizer, progress, cancellation);
        }
        finally
        {
            Array.ForEach(copies, copy => copy.Dispose());
        }
    }

    private long Steps(
        IReadOnlyList<EncodedRow> rows, List<int[]> batches, LlamaModel[] replicas, FlatAdamW optimizer, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        long tokens = 0;
        for (int step = 0; step < batches.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            EncodedRow[] batch = [.. batches[step].Select(i => rows[i])];
            double rate = _options.RateAt(step, batches.Count);
            (double loss, double norm) = Step(batch, replicas, optimizer, rate);
            if (!double.IsFinite(loss))
            {
                throw new UserErrorException(
                    FormattableString.Invariant($"The loss is {loss} at step {step + 1} of {batches.Count}; the batch holds {string.Join(", ", batch.Take(5).Select(row => row.Id))}."),
                    "training",
                    "Lower the learning rate or set clipNorm.",
                    ExitCode.TargetFailed);
            }

            tokens += batch.Sum(row => (long)row.Tokens.Ids.Length);
            _log.Append(CultureInfo.InvariantCulture, $"{step + 1},{tokens},{loss:0.000000},{rate:0.########},{norm:0.000000}\n");
            progress?.Report(new StageProgress(step + 1, batches.Count, "steps", string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000}")));
        }

        return tokens;
    }

    /// <summary>The loss of a batch, and its gradient in <see cref="LlamaWeights.Gradient"/>: the sum over supervised tokens by their number.</summary>
    internal double Backward(IReadOnlyList<EncodedRow> batch, IReadOnlyList<LlamaModel> replicas)
    {
        int supervised = batch.Sum(row => row.Tokens.SupervisedLength);
        EncodedRow[][] shards = [.. batch.Select((row, i) => (row, shard: i % replicas.Count)).GroupBy(item => item.shard, item => item.row).Select(shard => shard.ToArray())];
        double[] losses = new double[shards.Length];
        Parallel.For(0, shards.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i => losses[i] = Backward(shards[i], supervised, replicas[i]));
        for (int i = 1; i < shards.Length; i++)
        {
            _model.Weights.Gradient.add_(replicas[i].Weights.Gradient);
        }

        return losses.Sum();
    }

    private double Backward(EncodedRow[] shard, int supervised, LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        TokenBatch tokens = TokenBatch.Of(shard, _padId);
        Tensor hidden = model.Forward(tokens.Ids); // [B, T, C]
        Tensor predicted = hidden.view(-1, hidden.shape[^1]).index_select(0, tokens.Positions); // [N, C]
        Tensor loss = CrossEntropy.Sum(model.Logits(predicted), tokens.Targets) / supervised;
        model.Weights.Gradient.zero_();
        loss.backward();
        return loss.item<float>();
    }

    private (double Loss, double Norm) Step(IReadOnlyList<EncodedRow> batch, IReadOnlyList<LlamaModel> replicas, FlatAdamW optimizer, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = Backward(batch, replicas);
        double norm = _model.Weights.Gradient.norm().item<float>();
        if (_options.ClipNorm > 0 && norm > _options.ClipNorm)
        {
            _model.Weights.Gradient.mul_(_options.ClipNorm / norm);
        }

        optimizer.Step(rate);
        return (loss, norm);
    }
}
