using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Keys and values of all positions so far, written in place.</summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly (Tensor Keys, Tensor Values)[] _layers;

    /// <summary>Room for <paramref name="rows"/> rows of <paramref name="capacity"/> positions, where the weights are.</summary>
    public KeyValueCache(LlamaWeights weights, long rows, long capacity)
        : this([.. Enumerable.Range(0, weights.Config.NumHiddenLayers).Select(_ => (Empty(weights, rows, capacity), Empty(weights, rows, capacity)))], 0)
    {
    }

    private KeyValueCache((Tensor Keys, Tensor Values)[] layers, long length) => (_layers, Length) = (layers, length);

    /// <summary>Positions that are filled.</summary>
    public long Length { get; private set; }

    /// <summary>Writes new positions of a layer behind the filled ones.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">[B, K, T, D].</param>
    /// <param name="values">[B, K, T, D].</param>
    /// <returns>Views of all positions, the new ones included: [B, K, S, D].</returns>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        (Tensor allKeys, Tensor allValues) = _layers[layer];
        long added = keys.shape[2];
        allKeys.narrow(2, Length, added).copy_(keys);
        allValues.narrow(2, Length, added).copy_(values);
        return (allKeys.narrow(2, 0, Length + added), allValues.narrow(2, 0, Length + added));
    }

    /// <summary>Counts positions that every layer has been given.</summary>
    public void Advance(long positions) => Length += positions;

    /// <summary>A cache with some of the rows; this one is disposed.</summary>
    public KeyValueCache Keep(Tensor rows)
    {
        KeyValueCache kept = new(
            [.. _layers.Select(layer => (layer.Keys.index_select(0, rows).DetachFromDisposeScope(), layer.Values.index_select(0, rows).DetachFromDisposeScope()))],
            Length);
        Dispose();
        return kept;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach ((Tensor keys, Tensor values) in _layers)
        {
            keys.Dispose();
            values.Dispose();
        }
    }

    private static Tensor Empty(LlamaWeights weights, long rows, long capacity) =>
        weights.Placement.Zeros(rows, weights.Config.NumKeyValueHeads, capacity, weights.Config.HeadDim);
}
