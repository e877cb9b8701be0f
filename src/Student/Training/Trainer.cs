using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
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
    private readonly StringBuilder _log = new("step,tokens,loss,learningRate,gradientNorm\n");

    /// <param name="model">The model, changed in place.</param>
    /// <param name="options">How.</param>
    /// <param name="padId">The token that fills batches.</param>
    public Trainer(LlamaModel model, TrainingOptions options, int padId) => (_model, _options, _padId) = (model, options, padId);

    /// <summary>One line a step: <c>step,tokens,loss,learningRate,gradientNorm</c>.</summary>
    public string Log => _log.ToString();

    /// <summary>Trains for all epochs.</summary>
    /// <returns>Tokens trained on, padding excluded.</returns>
    /// <exception cref="UserErrorException">The loss is no finite number; the message names the step.</exception>
    public long Run(IReadOnlyList<EncodedRow> rows, string seed, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        List<int[]> batches = [.. Enumerable.Range(0, _options.Epochs).SelectMany(epoch => BatchPlan.Epoch(rows, _options.BatchTokens, seed, epoch))];
        using FlatAdamW optimizer = new(_model.Weights, _options);
        long tokens = 0;
        for (int step = 0; step < batches.Count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            EncodedRow[] batch = [.. batches[step].Select(i => rows[i])];
            double rate = _options.RateAt(step, batches.Count);
            (double loss, double norm) = Step(batch, optimizer, rate);
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
    internal double Backward(IReadOnlyList<EncodedRow> batch)
    {
        TokenBatch tokens = TokenBatch.Of(batch, _padId);
        Tensor hidden = _model.Forward(tokens.Ids); // [B, T, C]
        Tensor predicted = hidden.view(-1, hidden.shape[^1]).index_select(0, tokens.Positions); // [N, C]
        Tensor loss = nn.functional.cross_entropy(_model.Logits(predicted), tokens.Targets);
        _model.Weights.Gradient.zero_();
        loss.backward();
        return loss.item<float>();
    }

    private (double Loss, double Norm) Step(IReadOnlyList<EncodedRow> batch, FlatAdamW optimizer, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        double loss = Backward(batch);
        double norm = _model.Weights.Gradient.norm().item<float>();
        if (_options.ClipNorm > 0 && norm > _options.ClipNorm)
        {
            _model.Weights.Gradient.mul_(_options.ClipNorm / norm);
        }

        optimizer.Step(rate);
        return (loss, norm);
    }
}
