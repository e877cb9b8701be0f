using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// The loss of examples by the forward pass alone: as in training the sum over all their supervised tokens by their number. The parts that are
/// computed at once depend on the examples and the batch's tokens, so that the number of threads and of shards changes no bit.
/// </summary>
internal sealed class HeldOutLoss
{
    private readonly IReadOnlyList<EncodedRow[]> _parts;
    private readonly long _supervised;
    private readonly int _padId;
    private readonly int _threads;

    /// <param name="rows">The examples, at least one.</param>
    /// <param name="options">How many tokens are computed at once: those of a micro-batch, or of a batch.</param>
    /// <param name="padId">The token that fills batches.</param>
    /// <param name="threads">At least.</param>
    public HeldOutLoss(IReadOnlyList<EncodedRow> rows, TrainingOptions options, int padId, int threads)
    {
        _parts = MicroBatches.Of([.. rows], options.MicroBatchTokens ?? options.BatchTokens);
        _supervised = rows.Sum(row => (long)row.Tokens.SupervisedLength);
        (_padId, _threads) = (padId, threads);
    }

    /// <summary>Logits that are alive at once; never changes the loss on a processor.</summary>
    internal long Logits { get; init; } = LossPass.MostLogits;

    /// <summary>The loss, in nats.</summary>
    /// <param name="replicas">Models of the same weights, of which each computes some of the parts.</param>
    public double Of(IReadOnlyList<LlamaModel> replicas)
    {
        double[] sums = new double[_parts.Count];
        int tasks = Math.Min(replicas.Count, sums.Length);
        Team.Run(tasks, Math.Max(_threads, Threads.Count), task =>
        {
            for (int i = task; i < sums.Length; i += tasks)
            {
                sums[i] = Sum(_parts[i], replicas[task]);
            }
        });
        return sums.Sum() / _supervised;
    }

    private double Sum(EncodedRow[] part, LlamaModel model)
    {
        using DisposeScope scope = NewDisposeScope(); // of this thread
        using IDisposable grad = no_grad();
        TokenBatch batch = TokenBatch.Of(part, _padId, model.Weights.Placement);
        Tensor x = model.Stream(batch.Ids); // [B, T, C]
        Tensor rows = x.view(-1, x.shape[^1]).index_select(0, batch.Positions); // [N, C]
        return model.Backend.LossSum(model.Backend.Normalize(rows), batch.Targets, Logits);
    }
}
