using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>Forward and backward of one micro-batch: adds its share of the gradient to what the weights have.</summary>
/// <param name="model">The model.</param>
/// <param name="recompute">True for activation checkpointing (Chen et al., arXiv 1604.06174): of each layer only the input is kept.</param>
internal sealed class LossPass(LlamaModel model, bool recompute)
{
    /// <summary>
    /// Logits that are alive at once, at most, in elements: with more than that, the supervised positions take turns in chunks. It is above
    /// what any small student has in a batch; 1,046 positions of Llama-3.1's vocabulary.
    /// </summary>
    public const long MostLogits = 1 << 27;

    /// <summary><see cref="MostLogits"/>, or what a test sets.</summary>
    internal long Logits { get; init; } = MostLogits;

    /// <summary>Cross entropy summed over the supervised tokens, by a number of tokens.</summary>
    /// <param name="tokens">The micro-batch, where the model is.</param>
    /// <param name="supervised">Supervised tokens of the whole batch of the step.</param>
    /// <returns>The micro-batch's share of the loss.</returns>
    public double Add(TokenBatch tokens, int supervised)
    {
        using DisposeScope scope = NewDisposeScope();
        return recompute ? Recomputed(tokens, supervised) : Loss(model.Stream(tokens.Ids), tokens, supervised);
    }

    private double Recomputed(TokenBatch tokens, int supervised)
    {
        Tensor[] inputs = new Tensor[model.Config.NumHiddenLayers];
        Tensor x;
        using (no_grad())
        {
            x = model.Embed(tokens.Ids); // [B, T, C]
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = x;
                x = model.Layer(i, x);
            }
        }

        double loss;
        Tensor gradient; // [B, T, C]
        using (NewDisposeScope())
        {
            Tensor last = x.detach().requires_grad_(true);
            loss = Loss(last, tokens, supervised);
            gradient = last.grad!.MoveToOuterDisposeScope();
        }

        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor input = inputs[i].detach().requires_grad_(true);
            model.Layer(i, input).backward([gradient]);
            gradient.Dispose();
            gradient = input.grad!.MoveToOuterDisposeScope();
            inputs[i].Dispose();
        }

        Tensor embedded = model.Embed(tokens.Ids);
        if (embedded.requires_grad)
        {
            embedded.backward([gradient]);
        }

        return loss;
    }

    // The loss of the stream [B, T, C] before the final norm, and its gradient in everything that it comes from.
    private double Loss(Tensor x, TokenBatch tokens, int supervised)
    {
        if (Fused.Takes(x))
        {
            (double fused, Tensor dx) = NextTokenLoss.Differentiate(x, model.Norm, model.Config.RmsNormEps, model.Head, tokens.Positions, tokens.Targets, supervised, Logits);
            x.backward([dx]);
            return fused;
        }

        Tensor hidden = model.Finish(x);
        Tensor predicted = hidden.view(-1, hidden.shape[^1]).index_select(0, tokens.Positions); // [N, C]
        if (predicted.shape[0] * model.Config.VocabSize <= Logits)
        {
            Tensor loss = Entropy(predicted, model.Head, tokens.Targets, supervised);
            loss.backward();
            return loss.item<float>();
        }

        (double sum, Tensor gradient) = Chunked(predicted.detach(), tokens.Targets, supervised);
        predicted.backward([gradient]);
        return sum;
    }

    // The gradient of the output matrix is summed up in float32 over the chunks.
    private (double Loss, Tensor Gradient) Chunked(Tensor predicted, Tensor targets, int supervised)
    {
        long rows = Math.Max(1, Logits / model.Config.VocabSize);
        Tensor gradient = empty_like(predicted); // [N, C]
        Tensor? head = model.Head.requires_grad ? zeros_like(model.Head, dtype: ScalarType.Float32).detach() : null; // [V, C]
        double sum = 0;
        for (long at = 0; at < predicted.shape[0]; at += rows)
        {
            using DisposeScope scope = NewDisposeScope();
            long count = Math.Min(rows, predicted.shape[0] - at);
            Tensor states = predicted.narrow(0, at, count).detach().requires_grad_(true);
            Tensor matrix = model.Head.detach().requires_grad_(head is not null);
            Tensor loss = Entropy(states, matrix, targets.narrow(0, at, count), supervised);
            loss.backward();
            sum += loss.item<float>();
            gradient.narrow(0, at, count).copy_(states.grad!);
            head?.add_(matrix.grad!);
        }

        if (head is not null)
        {
            using IDisposable grad = no_grad();
            model.Head.grad!.add_(head);
        }

        return (sum, gradient);
    }

    private static Tensor Entropy(Tensor states, Tensor head, Tensor targets, int supervised) =>
        nn.functional.cross_entropy(LlamaModel.Logits(states, head).to(ScalarType.Float32), targets, reduction: nn.Reduction.Sum) / supervised;
}
