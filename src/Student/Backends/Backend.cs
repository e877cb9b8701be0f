using NaturalThoughts.Contracts;
using NaturalThoughts.Student.ModelWeights;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Backends;

/// <summary>
/// What computes a model, chosen when the model is made: the kernels of the processor in float32, torch's operations on a GPU and in half precision. Letters in
/// shapes as in <see cref="Model.LlamaModel"/>. No operation is recorded by autograd; gradients are added to those that parameters have.
/// </summary>
internal abstract class Backend
{
    /// <summary>Parts of a batch that are computed side by side at least: kernels of two share the processor better than those of one.</summary>
    public abstract int LeastShards { get; }

    /// <summary>
    /// Tells that no weight changes until what is returned is disposed: what every step would make of them anew is kept. Not twice at a time.
    /// </summary>
    public virtual IDisposable? KeepWeights() => null;

    /// <summary>Computes what has many small kernels, such as an answer's tokens: its threads stay awake between them where that pays.</summary>
    public virtual void Together(Action work) => work();

    /// <summary>The embeddings of ids, [B, T] to [B, T, C].</summary>
    /// <exception cref="UserErrorException">An id is not in the vocabulary.</exception>
    public abstract Tensor Embed(Tensor ids);

    /// <summary>Adds the gradient of what <see cref="Embed"/> returned, [B, T, C], to that of the embedding, where it wants one.</summary>
    public abstract void EmbedBackward(Tensor ids, Tensor gradient);

    /// <summary>A layer over whole rows, causal, with positions from 0: [B, T, C] to [B, T, C]. Nothing else is kept.</summary>
    public abstract Tensor Layer(int index, Tensor x);

    /// <summary>The same, with what its backward pass needs; the same bits.</summary>
    public abstract LayerTape Record(int index, Tensor x);

    /// <summary>The layers, one after another, over new positions of rows with a cache: index and [B, T, C] to [B, T, C].</summary>
    /// <param name="cache">Is written to; the caller counts its positions up.</param>
    /// <param name="length">New positions T; several only when the cache is empty.</param>
    public abstract Func<int, Tensor, Tensor> Cached(KeyValueCache cache, int length);

    /// <summary>The final norm, [..., C] to [..., C].</summary>
    public abstract Tensor Normalize(Tensor x);

    /// <summary>Logits of hidden states, [..., C] to [..., V].</summary>
    public abstract Tensor Logits(Tensor hidden);

    /// <summary>The mean of hidden states over the positions of a row, [B, T, C] to [B, C] float32 on the processor.</summary>
    public abstract Tensor Mean(Tensor states);

    /// <summary>Final norm, logits and cross entropy of the supervised positions, and their gradients.</summary>
    /// <param name="x">[B, T, C]: the stream before the final norm.</param>
    /// <param name="positions">[N] int64: rows of x, each once.</param>
    /// <param name="targets">[N] int64: the next tokens.</param>
    /// <param name="supervised">What the sum over tokens is divided by.</param>
    /// <param name="mostLogits">Logits that are alive at once in float32, at most, in elements.</param>
    /// <returns>The loss, and the gradient of x.</returns>
    /// <exception cref="UserErrorException">A target is not below V.</exception>
    public abstract (double Loss, Tensor Gradient) Loss(Tensor x, Tensor positions, Tensor targets, int supervised, long mostLogits);

    /// <summary>Logits and cross entropy of states, without gradients: what <see cref="Loss"/> sums, before the division.</summary>
    /// <param name="states">[N, C]: after the final norm, where the next token is supervised.</param>
    /// <param name="targets">[N] int64: the next tokens.</param>
    /// <param name="mostLogits">Logits that are alive at once in float32, at most, in elements.</param>
    /// <returns>The sum over tokens.</returns>
    /// <exception cref="UserErrorException">A target is not below V.</exception>
    public abstract double LossSum(Tensor states, Tensor targets, long mostLogits);

    /// <summary>Adds the gradient of another part of a batch: gradient += other, [N] each.</summary>
    public abstract void Accumulate(Tensor gradient, Tensor other);

    /// <summary>Adds an adapter to the weight of its module, rounded once to the weight's type.</summary>
    public abstract void Merge(Tensor weight, LoraPair pair);
}
