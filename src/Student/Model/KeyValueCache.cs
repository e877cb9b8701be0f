using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Model;

/// <summary>Keys and values of all positions so far, written in place.</summary>
internal sealed class KeyValueCache : IDisposable
{
    private readonly (Tensor Keys, Tensor Values)[] _layers;
    private readonly Placement _place;
    private readonly Tensor _mask; // [B, 1, 1, capacity]: minus infinity at a row's pads, 0 elsewhere

    /// <param name="weights">The model: its shape, and where and in what type the cache is.</param>
    /// <param name="padding">Pads on the left of each row.</param>
    /// <param name="capacity">Positions at most.</param>
    public KeyValueCache(LlamaWeights weights, int[] padding, int capacity)
        : this([.. Enumerable.Range(0, weights.Config.NumHiddenLayers).Select(_ => (Empty(weights, padding.Length, capacity), Empty(weights, padding.Length, capacity)))], padding, capacity, weights.Placement)
    {
    }

    private KeyValueCache((Tensor Keys, Tensor Values)[] layers, int[] padding, int capacity, Placement place)
    {
        (_layers, Padding, Capacity, _place) = (layers, padding, capacity, place);
        float[] mask = new float[padding.Length * capacity];
        for (int b = 0; b < padding.Length; b++)
        {
            mask.AsSpan(b * capacity, padding[b]).Fill(float.NegativeInfinity);
        }

        _mask = place.Values(mask, padding.Length, 1, 1, capacity).DetachFromDisposeScope();
    }

    /// <summary>Pads on the left of each row.</summary>
    public int[] Padding { get; }

    /// <summary>Positions at most.</summary>
    public int Capacity { get; }

    /// <summary>Positions that are filled.</summary>
    public int Length { get; private set; }

    /// <summary>All positions of a layer, [B, K, capacity, D] each.</summary>
    public (Tensor Keys, Tensor Values) Layer(int layer) => _layers[layer];

    /// <summary>Where new positions stand in their own rows, pads at 0.</summary>
    /// <param name="added">New positions T of each row.</param>
    /// <returns>[B T] int64.</returns>
    public Tensor Positions(int added) =>
        _place.Integers([.. Padding.SelectMany(pads => Enumerable.Range(Length, added).Select(at => (long)Math.Max(0, at - pads)))], Padding.Length * added);

    /// <summary>What new positions may see: 0 or minus infinity. A pad sees no real token; its own position stays open, so that its softmax is finite.</summary>
    /// <param name="added">New positions T of each row; several only when none is filled.</param>
    /// <returns>[B, 1, T, S].</returns>
    public Tensor Mask(int added)
    {
        Tensor pads = _mask.narrow(3, 0, Length + added);
        return added == 1
            ? pads
            : (pads + full([added, added], float.NegativeInfinity, dtype: pads.dtype, device: pads.device).triu(1))
                .masked_fill(eye(added, dtype: ScalarType.Bool, device: pads.device), 0);
    }

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
    public void Advance(long positions) => Length += (int)positions;

    /// <summary>A cache with some of the rows; this one is disposed.</summary>
    public KeyValueCache Keep(int[] rows)
    {
        using Tensor index = _place.Integers([.. rows.Select(row => (long)row)], rows.Length);
        KeyValueCache kept = new(
            [.. _layers.Select(layer => (layer.Keys.index_select(0, index).DetachFromDisposeScope(), layer.Values.index_select(0, index).DetachFromDisposeScope()))],
            [.. rows.Select(row => Padding[row])],
            Capacity,
            _place)
        {
            Length = Length,
        };
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

        _mask.Dispose();
    }

    private static Tensor Empty(LlamaWeights weights, long rows, long capacity) =>
        weights.Placement.Zeros(rows, weights.Config.NumKeyValueHeads, capacity, weights.Config.HeadDim);
}
