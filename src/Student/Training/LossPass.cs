using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
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
        using IDisposable grad = no_grad();
        LayerTape?[] tapes = new LayerTape?[model.Config.NumHiddenLayers];
        try
        {
            return Add(tokens, supervised, tapes);
        }
        finally
        {
            Array.ForEach(tapes, tape => tape?.Dispose());
        }
    }

    private double Add(TokenBatch tokens, int supervised, LayerTape?[] tapes)
    {
        Tensor[] inputs = new Tensor[tapes.Length]; // [B, T, C]
        int kept = MemoryEstimate.KeptLayers(model.Config, options, tokens.Ids.numel());
        Tensor x = model.Embed(tokens.Ids); // [B, T, C]
        for (int i = 0; i < tapes.Length; i++)
        {
            inputs[i] = x;
            tapes[i] = i < tapes.Length - kept ? null : model.Backend.Record(i, x);
            x = tapes[i]?.Output ?? model.Layer(i, x);
        }

        (double loss, Tensor gradient) = model.Backend.Loss(x, tokens.Positions, tokens.Targets, supervised, Logits);
        for (int i = tapes.Length - 1; i >= 0; i--)
        {
            LayerTape tape = tapes[i] ??= model.Backend.Record(i, inputs[i]);
            using Tensor output = gradient;
            gradient = tape.Backward(output);
            tape.Output.Dispose();
            inputs[i].Dispose();
            tape.Dispose();
            tapes[i] = null;
        }

        model.Backend.EmbedBackward(tokens.Ids, gradient);
        return loss;
    }
}
