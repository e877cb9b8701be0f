using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// Forward and backward of one micro-batch: adds its share of the gradient to what the weights have.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">With activation checkpointing (Chen et al., arXiv 1604.06174), of some layers or all of them only the input is kept.</param>
internal sealed class LossPass(LlamaModel model, TrainingOptions options)
{
    /// <summary>
    /// Logits that are alive at once in float32, at most, in elements: with more than that, the supervised positions take turns in chunks. It is
    /// above what any small student has in a batch; 1,046 positions of Llama-3.1's vocabulary.
    /// </summary>
    public const long MostLogits = 1 << 27;

    /// <summary><see cref="MostLogits"/>, or what a test sets.</summary>
    internal long Logits { get; init; } = MostLogits;

    /// <summary>Who computes the gradients of layers; a test asks for another.</summary>
    internal LayerGradients By { get; init; } = model.Gradients;

    /// <summary>Cross entropy summed over the supervised tokens, by a number of tokens.</summary>
    /// <param name="tokens">The micro-batch, where the model is.</param>
    /// <param name="supervised">Supervised tokens of the whole batch of the step.</param>
    /// <returns>The micro-batch's share of the loss.</returns>
    /// <exception cref="UserErrorException">An id or a target is not in the vocabulary, or a row has more tokens than the model has positions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside of the batch.</exception>
    public double Add(TokenBatch tokens, int supervised)
    {
        using DisposeScope scope = NewDisposeScope();
        Limits.Length(tokens.Ids.shape[1], model.Config.MaxPositionEmbeddings);
        Limits.Ids(tokens.Targets, model.Config.VocabSize);
        Limits.Rows(tokens.Positions, tokens.Ids.numel(), nameof(tokens));
        return options.ActivationCheckpointing || By != LayerGradients.Autograd ? LayerByLayer(tokens, supervised) : Loss(model.Stream(tokens.Ids), tokens, supervised);
    }

    private double LayerByLayer(TokenBatch tokens, int supervised)
    {
        LayerTape?[] tapes = new LayerTape?[model.Config.NumHiddenLayers];
        try
        {
            return LayerByLayer(tokens, supervised, tapes);
        }
        finally
        {
            Array.ForEach(tapes, tape => tape?.Dispose());
        }
    }

    private double LayerByLayer(TokenBatch tokens, int supervised, LayerTape?[] tapes)
    {
        Tensor[] inputs = new Tensor[tapes.Length]; // [B, T, C]
        int kept = MemoryEstimate.KeptLayers(model.Config, options, tokens.Ids.numel());
        Tensor x;
        using (no_grad())
        {
            x = model.Embed(tokens.Ids); // [B, T, C]
            for (int i = 0; i < tapes.Length; i++)
            {
                inputs[i] = x;
                tapes[i] = i < tapes.Length - kept ? null : model.Record(i, x, By);
                x = tapes[i]?.Output ?? Pass(i, x);
            }
        }

        (double loss, Tensor gradient) = Top(x, tokens, supervised);
        for (int i = tapes.Length - 1; i >= 0; i--)
        {
            LayerTape tape = tapes[i] ??= model.Record(i, inputs[i], By);
            using Tensor output = gradient;
            gradient = tape.Backward(output);
            tape.Output.Dispose();
            inputs[i].Dispose();
            tape.Dispose();
            tapes[i] = null;
        }

        model.EmbedBackward(tokens.Ids, gradient, By);
        return loss;
    }

    // By the operations that will compute it again, so that the gradient is the same.
    private Tensor Pass(int layer, Tensor x)
    {
        if (By == LayerGradients.Fused)
        {
            return model.Layer(layer, x);
        }

        using LayerTape passing = model.Record(layer, x, By);
        using Tensor output = passing.Output;
        return output.detach();
    }

    // The loss of the stream [B, T, C] before the final norm, and its gradient in the stream; that in what comes after is added up.
    private (double Loss, Tensor Gradient) Top(Tensor x, TokenBatch tokens, int supervised)
    {
        using DisposeScope scope = NewDisposeScope();
        if (By == LayerGradients.Fused)
        {
            (double fused, Tensor dx) = Differentiate(x, tokens, supervised);
            return (fused, dx.MoveToOuterDisposeScope());
        }

        if (By == LayerGradients.Autograd)
        {
            Tensor last = x.detach().requires_grad_(true);
            double sum = Loss(last, tokens, supervised);
            return (sum, last.grad!.MoveToOuterDisposeScope());
        }

        Tensor rows = x.view(-1, x.shape[^1]);
        Tensor leaf = rows.index_select(0, tokens.Positions).requires_grad_(true); // [N, C]
        Tensor states = model.Finish(leaf);
        (double loss, Tensor dStates) = ChunkedCrossEntropy.Differentiate(states.detach(), model.Head, tokens.Targets, supervised, Logits);
        states.backward([dStates]);
        using IDisposable grad = no_grad();
        return (loss, zeros_like(rows).index_copy_(0, tokens.Positions, leaf.grad!).view(x.shape).MoveToOuterDisposeScope());
    }

    // The loss of the stream [B, T, C] before the final norm, and its gradient in everything that it comes from.
    private double Loss(Tensor x, TokenBatch tokens, int supervised)
    {
        if (Fused.Takes(x))
        {
            (double fused, Tensor dx) = Differentiate(x, tokens, supervised);
            x.backward([dx]);
            return fused;
        }

        Tensor hidden = model.Finish(x);
        Tensor predicted = hidden.view(-1, hidden.shape[^1]).index_select(0, tokens.Positions); // [N, C]
        if (predicted.shape[0] * model.Config.VocabSize <= Logits)
        {
            Tensor loss = nn.functional.cross_entropy(model.Logits(predicted), tokens.Targets, reduction: nn.Reduction.Sum).Over(supervised);
            loss.backward();
            return loss.item<float>();
        }

        (double sum, Tensor gradient) = ChunkedCrossEntropy.Differentiate(predicted.detach(), model.Head, tokens.Targets, supervised, Logits);
        predicted.backward([gradient]);
        return sum;
    }

    private (double Loss, Tensor Gradient) Differentiate(Tensor x, TokenBatch tokens, int supervised) =>
        NextTokenLoss.Differentiate(x, model.Norm, model.Config.RmsNormEps, model.Head, tokens.Positions, tokens.Targets, supervised, Logits);
}
