using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Forward and backward of one layer over N rows of the stream. Norms, products and the gate of a block of rows are computed by one thread while
/// they are in its cache, attention as <see cref="IAttention"/> says, so that threads wait for each other three times in a layer and not after every
/// operation. Every element has its bits from its own row or head alone, or from sums in an order that does not depend on the number of threads. What
/// is cheap (normalised rows, the gate) is computed again for the gradient and not kept.
/// </summary>
/// <param name="layer">The parameters.</param>
/// <param name="shape">The heads.</param>
/// <param name="epsilon">Of the norms.</param>
/// <param name="rows">N.</param>
/// <param name="packed">The packed copies of the model's matrices, where there are some.</param>
internal sealed unsafe class LayerPass(LayerWeights layer, AttentionShape shape, float epsilon, int rows, PackedWeights? packed = null)
{
    // Without copies, all threads share one block of few rows: each of several would pack the whole matrix.
    private readonly int _block = packed is null ? Threads.Block : Threads.BlockFor(rows);
    private readonly int _width = (int)layer.Norm1.shape[0];
    private readonly int _inner = (int)layer.Down.shape[1];

    /// <summary>Computes the layer forward, for N = B T rows together.</summary>
    /// <param name="x">[B, T, C], contiguous, B T = N.</param>
    /// <param name="attention">What a row attends to.</param>
    /// <returns>[B, T, C].</returns>
    public Tensor Forward(Tensor x, IAttention attention)
    {
        Check(x);
        using Tensor qkv = empty(rows, shape.Row), mixed = empty(rows, shape.Mixed), sums = empty(rows, shape.Queries);
        Project(x, qkv, null);
        attention.Forward(qkv, mixed, sums);
        return Feed(x, mixed, null);
    }

    /// <summary>Applies the layer to whole rows, and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="x">[B, T, C], contiguous, B T = N.</param>
    /// <param name="attention">Of whole rows.</param>
    public (Tensor Y, LayerActivations Kept) ForwardAndKeep(Tensor x, WholeRows attention)
    {
        Check(x);
        LayerActivations kept = new(
            x, empty(rows), empty(rows, shape.Row), empty(rows, shape.Mixed), empty(rows, shape.Queries), empty(rows, _width), empty(rows),
            empty(rows, 2 * _inner));
        Project(x, kept.Qkv, kept.Scales1);
        attention.Forward(kept.Qkv, kept.Mixed, kept.Sums);
        return (Feed(x, kept.Mixed, kept), kept);
    }

    /// <summary>The gradient of x; those of the parameters are added to what they have.</summary>
    /// <param name="kept">
    /// What <see cref="ForwardAndKeep"/> returned; spent afterwards: the gradients of q, k and v and of gate and up are written in their place, while that
    /// memory is in the cache.
    /// </param>
    /// <param name="attention">Of whole rows.</param>
    /// <param name="dy">[B, T, C], contiguous.</param>
    /// <returns>[B, T, C].</returns>
    public Tensor Backward(LayerActivations kept, WholeRows attention, Tensor dy)
    {
        using Tensor dMiddle = empty(rows, _width), dMixed = empty(rows, shape.Mixed);
        using PackedMatrix normal1 = new(rows, _width), values = new(rows, shape.Mixed), normal2 = new(rows, _width), gated = new(rows, _inner);
        using AdapterGradient? qkv = AdapterGradient.Of(layer, LoraLayer.Qkv, rows), o = AdapterGradient.Of(layer, LoraLayer.O, rows);
        using AdapterGradient? gateUp = AdapterGradient.Of(layer, LoraLayer.GateUp, rows), down = AdapterGradient.Of(layer, LoraLayer.Down, rows);
        Tensor dx = empty(kept.Input.shape);
        FeedBackward(kept, dy, dMiddle, dMixed, (gated, down), (normal2, gateUp), (values, o));
        attention.Backward(kept.Qkv, kept.Mixed, kept.Sums, dMixed);
        ProjectBackward(kept, dMiddle, (normal1, qkv), dx);

        // The large ones come first, so that no thread is left with one at the end.
        MatrixGradient.Compute([
            .. MatrixGradient.Of(kept.GateUp, normal2, layer.GateUp, gateUp),
            .. MatrixGradient.Of(dy, gated, layer.Down, down),
            .. MatrixGradient.Of(kept.Qkv, normal1, layer.Qkv, qkv),
            .. MatrixGradient.Of(dMiddle, values, layer.O, o)]);
        AddRows(kept.Qkv, layer.QkvBias);
        AddRows(dMiddle, layer.OBias);
        AddRows(kept.GateUp, layer.GateUpBias);
        AddRows(dy, layer.DownBias);
        return dx;
    }

    private void Check(Tensor x)
    {
        Limits.Require(x.numel() == (long)rows * _width, nameof(x));
        Limits.Require(layer.Norm2.numel() == _width, nameof(layer));
        Limits.Require(
            Has(layer.Qkv, shape.Row, _width) && Has(layer.O, _width, shape.Mixed) && Has(layer.GateUp, 2 * _inner, _width)
                && Has(layer.Down, _width, _inner), nameof(layer));

        static bool Has(Tensor matrix, long rows, long columns) => matrix.shape[0] == rows && matrix.shape[1] == columns;
    }

    // Norm and projections.
    private void Project(Tensor x, Tensor qkv, Tensor? scales1)
    {
        float* from = Floats(x), weight = Floats(layer.Norm1), to = Floats(qkv), bias = FloatsOrNull(layer.QkvBias), scales = FloatsOrNull(scales1);
        using MatrixProduct matrix = Product(layer.Qkv);
        using AdapterProduct? adapter = AdapterProduct.Of(layer, LoraLayer.Qkv);
        Threads.Blocks(rows, Threads.Block * (_width + AdapterProduct.ScratchOf(adapter)), (first, count, scratch) =>
        {
            nint start = first;
            float* normal = scratch.Take(Threads.Block * _width);
            RmsNorm.Rows(from + (start * _width), count, _width, weight, epsilon, normal, scales is null ? null : scales + start);
            matrix.Apply(normal, count, null, bias, to + (start * shape.Row));
            adapter?.Add(normal, count, to + (start * shape.Row), scratch);
        }, _block);
    }

    // From the mixed values on: the product, norm, and the feed-forward part.
    private Tensor Feed(Tensor x, Tensor mixed, LayerActivations? kept)
    {
        Tensor y = empty(x.shape);
        float* from = Floats(x), values = Floats(mixed), weight = Floats(layer.Norm2), to = Floats(y);
        float* biasO = FloatsOrNull(layer.OBias), biasGateUp = FloatsOrNull(layer.GateUpBias), biasDown = FloatsOrNull(layer.DownBias);
        float* middles = FloatsOrNull(kept?.Middle), scales = FloatsOrNull(kept?.Scales2), boths = FloatsOrNull(kept?.GateUp);
        using MatrixProduct o = Product(layer.O), gateUp = Product(layer.GateUp), down = Product(layer.Down);
        using AdapterProduct? toO = AdapterProduct.Of(layer, LoraLayer.O), toGateUp = AdapterProduct.Of(layer, LoraLayer.GateUp), toDown = AdapterProduct.Of(
            layer, LoraLayer.Down);
        int room = AdapterProduct.ScratchOf(toO) + AdapterProduct.ScratchOf(toGateUp) + AdapterProduct.ScratchOf(toDown);
        Threads.Blocks(rows, Threads.Block * (_width + (3 * _inner) + room), (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* normal = scratch.Take(Threads.Block * _width);
            float* gated = scratch.Take(Threads.Block * _inner);
            float* both = boths is null ? scratch.Take(Threads.Block * 2 * _inner) : boths + (start * 2 * _inner);
            float* middle = middles is null ? to + at : middles + at;
            o.Apply(values + (start * shape.Mixed), count, from + at, biasO, middle);
            toO?.Add(values + (start * shape.Mixed), count, middle, scratch);
            RmsNorm.Rows(middle, count, _width, weight, epsilon, normal, scales is null ? null : scales + start);
            gateUp.Apply(normal, count, null, biasGateUp, both);
            toGateUp?.Add(normal, count, both, scratch);
            SwiGlu.Rows(both, count, _inner, gated);
            down.Apply(gated, count, middle, biasDown, to + at);
            toDown?.Add(gated, count, to + at, scratch);
        }, _block);
        return y;
    }

    private MatrixProduct Product(Tensor weight) => MatrixProduct.Transposed(weight, packed, inBlocks: rows > _block);

    // Down to the gradient of the mixed values, that of gate and up in their place; on the way, what the gradients of the matrices need.
    private void FeedBackward(
        LayerActivations kept, Tensor dy, Tensor dMiddle, Tensor dMixed, (PackedMatrix X, AdapterGradient? Adapter) toDown,
        (PackedMatrix X, AdapterGradient? Adapter) toGateUp, (PackedMatrix X, AdapterGradient? Adapter) toO)
    {
        float* dOut = Floats(dy), gates = Floats(kept.GateUp), middles = Floats(kept.Middle), scales = Floats(kept.Scales2), weight = Floats(layer.Norm2);
        float* dMiddles = Floats(dMiddle), dValues = Floats(dMixed), mixedRows = Floats(kept.Mixed);
        using Tensor parts = zeros(Threads.BlocksOf(rows), _width);
        float* dWeights = Floats(parts);
        using MatrixProduct down = MatrixProduct.Of(layer.Down), gateUp = MatrixProduct.Of(layer.GateUp), o = MatrixProduct.Of(layer.O);
        int room = AdapterGradient.ScratchOf(toDown.Adapter) + AdapterGradient.ScratchOf(toGateUp.Adapter) + AdapterGradient.ScratchOf(toO.Adapter);
        Threads.Blocks(rows, Threads.Block * ((2 * (_width + _inner)) + room), (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* product = scratch.Take(Threads.Block * _inner);
            float* dProduct = scratch.Take(Threads.Block * _inner);
            float* normal = scratch.Take(Threads.Block * _width);
            float* dNormal = scratch.Take(Threads.Block * _width);
            float* dBoth = gates + (start * 2 * _inner);
            down.Apply(dOut + at, count, null, null, dProduct);
            toDown.Adapter?.AddInputGradient(dOut + at, first, count, dProduct);
            SwiGlu.BackwardRows(dBoth, dProduct, count, _inner, product);
            gateUp.Apply(dBoth, count, null, null, dNormal);
            toGateUp.Adapter?.AddInputGradient(dBoth, first, count, dNormal);
            NormedRows normed = new(middles + at, count, _width, weight, scales + start);
            RmsNorm.BackwardRows(normed, dOut + at, dNormal, normal, dMiddles + at, dWeights + (start / Threads.Block * _width));
            Set(toDown, first, count, product, scratch);
            Set(toGateUp, first, count, normal, scratch);
            Set(toO, first, count, mixedRows + (start * shape.Mixed), scratch);
            o.Apply(dMiddles + at, count, null, null, dValues + (start * shape.Mixed));
            toO.Adapter?.AddInputGradient(dMiddles + at, first, count, dValues + (start * shape.Mixed));
        });
        AddRows(parts, layer.Norm2);
    }

    private void ProjectBackward(LayerActivations kept, Tensor dMiddle, (PackedMatrix X, AdapterGradient? Adapter) toQkv, Tensor dx)
    {
        float* dInputs = Floats(kept.Qkv), stream = Floats(kept.Input), scales = Floats(kept.Scales1), weight = Floats(layer.Norm1);
        float* dMiddles = Floats(dMiddle), to = Floats(dx);
        using Tensor parts = zeros(Threads.BlocksOf(rows), _width);
        float* dWeights = Floats(parts);
        using MatrixProduct qkv = MatrixProduct.Of(layer.Qkv);
        Threads.Blocks(rows, Threads.Block * ((2 * _width) + AdapterGradient.ScratchOf(toQkv.Adapter)), (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* normal = scratch.Take(Threads.Block * _width);
            float* dNormal = scratch.Take(Threads.Block * _width);
            qkv.Apply(dInputs + (start * shape.Row), count, null, null, dNormal);
            toQkv.Adapter?.AddInputGradient(dInputs + (start * shape.Row), first, count, dNormal);
            NormedRows normed = new(stream + at, count, _width, weight, scales + start);
            RmsNorm.BackwardRows(normed, dMiddles + at, dNormal, normal, to + at, dWeights + (start / Threads.Block * _width));
            Set(toQkv, first, count, normal, scratch);
        });
        AddRows(parts, layer.Norm1);
    }

    // What a matrix and its adapters got.
    private static void Set((PackedMatrix X, AdapterGradient? Adapter) product, int first, int count, float* x, Scratch scratch)
    {
        product.X.Set(first, count, x);
        product.Adapter?.Set(first, count, x, scratch);
    }

    // Rows [..., M] to the gradient of a parameter [M].
    private static void AddRows(Tensor rows, Tensor? parameter)
    {
        if (parameter is not null && parameter.requires_grad)
        {
            int width = (int)parameter.shape[0];
            VectorMath.AddRows(Floats(rows), (int)(rows.numel() / width), width, Floats(parameter.grad!));
        }
    }
}
