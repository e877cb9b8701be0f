using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Backends;

/// <summary>Keys and values of all positions so far, written in place.</summary>
internal sealed class KeyValueCache : IDisposable
{
    // Rows of a mask so far apart are read as they are by libtorch's attention on a GPU; others it copies first.
    private const int MaskUnit = 8;

    private readonly (Tensor Keys, Tensor Values)[] _layers;
    private readonly Placement _place;
    private Tensor _mask; // [B, 1, 1, at least capacity]: minus infinity at a row's pads, 0 elsewhere

    /// <param name="weights">The model: its shape, and where and in what type the cache is.</param>
    /// <param name="padding">Pads on the left of each row.</param>
    /// <param name="capacity">Positions at most.</param>
    public KeyValueCache(LlamaWeights weights, int[] padding, int capacity)
    {
        Limits.Require(Array.TrueForAll(padding, pads => pads >= 0 && pads <= capacity), nameof(padding));
        (Padding, Capacity, _place) = (padding, capacity, weights.Placement);
        long[] shape = [padding.Length, weights.Config.NumKeyValueHeads, capacity, weights.Config.HeadDim];
        _layers = [.. Enumerable.Range(0, weights.Config.NumHiddenLayers).Select(_ => (_place.Zeros(shape), _place.Zeros(shape)))];
        _mask = MaskOf(padding);
    }

    /// <summary>Pads on the left of each row.</summary>
    public int[] Padding { get; private set; }

    /// <summary>The most positions that the cache can hold.</summary>
    public int Capacity { get; }

    /// <summary>Positions that are filled.</summary>
    public int Length { get; private set; }

    /// <summary>All positions of a layer, [B, K, capacity, D] each.</summary>
    public (Tensor Keys, Tensor Values) Layer(int layer) => _layers[layer];

    /// <summary>Where new positions are in their own rows, pads at 0.</summary>
    /// <param name="added">New positions T of each row.</param>
    /// <returns>[B T] int64.</returns>
    public Tensor Positions(int added) =>
        _place.Integers([.. Padding.SelectMany(pads => Enumerable.Range(Length, added).Select(at => (long)Math.Max(0, at - pads)))], Padding.Length * added);

    /// <summary>
    /// What new positions may see: 0 or minus infinity. A pad sees no real token; its own position stays open, so that its softmax is finite.
    /// </summary>
    /// <param name="added">New positions T of each row; several only when none is filled.</param>
    /// <returns>[B, 1, T, S].</returns>
    public Tensor Mask(int added)
    {
        if (Length > 0)
        {
            return _mask.narrow(3, 0, Length + added);
        }

        int width = WholeUnits(added);
        Tensor pads = _mask.narrow(3, 0, width);
        Tensor later = Numbers.Filled([added, width], float.NegativeInfinity, pads.dtype, pads.device).triu(1);
        return pads.Plus(later).ZeroWhere(eye(added, width, dtype: ScalarType.Bool, device: pads.device)).narrow(3, 0, added);
    }

    /// <summary>Checks that new positions have room.</summary>
    /// <param name="added">New positions T of each row; several only when none is filled.</param>
    /// <exception cref="ArgumentException">They have none.</exception>
    public void Require(int added) => Limits.Require(added > 0 && Length + added <= Capacity && (added == 1 || Length == 0), nameof(added));

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

    /// <summary>Lets go of all other rows; one layer after the other, so that hardly more memory is needed than before.</summary>
    public void Keep(int[] rows)
    {
        Limits.Require(Array.TrueForAll(rows, row => row >= 0 && row < Padding.Length), nameof(rows));
        using Tensor index = _place.Integers([.. rows.Select(row => (long)row)], rows.Length);
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Keys = Select(_layers[i].Keys, index);
            _layers[i].Values = Select(_layers[i].Values, index);
        }

        Padding = [.. rows.Select(row => Padding[row])];
        _mask.Dispose();
        _mask = MaskOf(Padding);
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

    private static Tensor Select(Tensor all, Tensor index)
    {
        using (all)
        {
            return all.index_select(0, index).DetachFromDisposeScope();
        }
    }

    private static int WholeUnits(int positions) => (positions + MaskUnit - 1) / MaskUnit * MaskUnit;

    private Tensor MaskOf(int[] padding)
    {
        int width = WholeUnits(Capacity);
        float[] mask = new float[padding.Length * width];
        for (int b = 0; b < padding.Length; b++)
        {
            mask.AsSpan(b * width, padding[b]).Fill(float.NegativeInfinity);
        }

        return _place.Values(mask, padding.Length, 1, 1, width).DetachFromDisposeScope();
    }
}
