using System.Runtime.CompilerServices;
using NaturalThoughts.Student.Model;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Forward and backward of one layer over N = B T rows. Every element has its bits from its own row or head alone, or from sums in an order
/// that does not depend on the number of threads. What is cheap (normalised rows, the gate) is computed again for the gradient and not kept.
/// </summary>
/// <param name="layer">The parameters.</param>
/// <param name="shape">The heads.</param>
/// <param name="rotary">At least T positions.</param>
/// <param name="epsilon">Of the norms.</param>
/// <param name="batch">B.</param>
/// <param name="length">T.</param>
internal sealed unsafe class DecoderLayerPass(LayerWeights layer, AttentionShape shape, RotaryTable rotary, float epsilon, int batch, int length)
{
    private readonly int _rows = RowsOf(rotary, batch, length);
    private readonly int _width = (int)layer.Norm1.shape[0];
    private readonly int _inner = (int)layer.Down.shape[1];

    /// <summary>[B, T, C] to [B, T, C].</summary>
    public Tensor Forward(Tensor x)
    {
        Check(x);
        using Tensor qkv = Attend(x, null, out Tensor mixed, out Tensor sums);
        using (mixed)
        using (sums)
        {
            return Feed(x, mixed, null);
        }
    }

    /// <summary>The same, and what <see cref="Backward"/> needs.</summary>
    public (Tensor Y, Tensor[] Kept) ForwardAndKeep(Tensor x)
    {
        Check(x);
        Activations kept = new(empty(_rows), empty(_rows), empty(_rows, _width), empty(_rows, 2 * _inner));
        Tensor qkv = Attend(x, kept, out Tensor mixed, out Tensor sums);
        return (Feed(x, mixed, kept), [x, kept.Scales1, qkv, mixed, sums, kept.Middle, kept.Scales2, kept.GateUp]);
    }

    /// <summary>The gradient of x; those of the parameters are added to what they have.</summary>
    /// <param name="kept">What <see cref="ForwardAndKeep"/> returned; spent afterwards: the gradients of q, k and v and of gate and up are written in their place, while that memory is in the cache.</param>
    /// <param name="dy">[B, T, C].</param>
    /// <returns>[B, T, C].</returns>
    public Tensor Backward(Tensor[] kept, Tensor dy)
    {
        (Tensor x, Tensor scales1, Tensor qkv, Tensor mixed, Tensor sums, Tensor middle, Tensor scales2, Tensor both) =
            (kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7]);
        using Tensor dMiddle = empty(_rows, _width), dMixed = empty(_rows, shape.Mixed);
        using PackedMatrix normal1 = new(_rows, _width), values = new(_rows, shape.Mixed), normal2 = new(_rows, _width), gated = new(_rows, _inner);
        Tensor dx = empty(batch, length, _width);
        FeedBackward(dy, both, middle, scales2, mixed, dMiddle, dMixed, gated, normal2, values);
        AttendBackward(qkv, mixed, sums, dMixed);
        (Tensor dBoth, Tensor dQkv) = (both, qkv);
        ProjectBackward(dQkv, x, scales1, dMiddle, normal1, dx);

        // The large ones come first, so that no thread is left with one at the end.
        MatrixGradient.Compute((dBoth, normal2, layer.GateUp), (dy, gated, layer.Down), (dQkv, normal1, layer.Qkv), (dMiddle, values, layer.O));
        AddRows(dQkv, layer.QkvBias);
        AddRows(dMiddle, layer.OBias);
        AddRows(dBoth, layer.GateUpBias);
        AddRows(dy, layer.DownBias);
        return dx;
    }

    private static int RowsOf(RotaryTable rotary, int batch, int length)
    {
        Limits.Length(length, rotary.Length);
        return checked(batch * length);
    }

    private void Check(Tensor x)
    {
        Limits.Require(x.numel() == (long)_rows * _width, nameof(x));
        Limits.Require(rotary.Cos.shape[1] == shape.Width && layer.Norm2.numel() == _width, nameof(layer));
        Limits.Require(Has(layer.Qkv, shape.Row, _width) && Has(layer.O, _width, shape.Mixed) && Has(layer.GateUp, 2 * _inner, _width) && Has(layer.Down, _width, _inner), nameof(layer));

        static bool Has(Tensor matrix, long rows, long columns) => matrix.shape[0] == rows && matrix.shape[1] == columns;
    }

    // To the mixed values: norm, projections, attention.
    private Tensor Attend(Tensor x, Activations? kept, out Tensor mixed, out Tensor sums)
    {
        Tensor qkv = empty(_rows, shape.Row);
        float* from = Fused.Data(x), weight = Fused.Data(layer.Norm1), to = Fused.Data(qkv);
        float* bias = Pointer(layer.QkvBias), scales = Pointer(kept?.Scales1);
        using (PackedMatrix matrix = PackedMatrix.Transposed(layer.Qkv))
        {
            Fused.Blocks(_rows, Fused.Block * _width, (first, count, scratch) =>
            {
                nint start = first;
                float* normal = scratch.Take(Fused.Block * _width);
                RmsNorm.Rows(from + (start * _width), count, _width, weight, epsilon, normal, scales is null ? null : scales + start);
                Product(normal, count, matrix, null, bias, to + (start * shape.Row));
            });
        }

        mixed = empty(_rows, shape.Mixed);
        sums = empty(batch, shape.Queries, length);
        float* values = Fused.Data(mixed), logs = Fused.Data(sums);
        AttentionHead head = new(shape, length, Fused.Data(rotary.Cos), Fused.Data(rotary.SignedSin));
        Fused.Each(batch * shape.Keys, head.ForwardScratch, (i, scratch) =>
        {
            (nint row, int key) = Math.DivRem(i, shape.Keys);
            head.Forward(to + (row * length * shape.Row), key, values + (row * length * shape.Mixed), logs + (row * shape.Queries * length), scratch);
        });
        return qkv;
    }

    // From the mixed values on: the product, norm, and the feed-forward part.
    private Tensor Feed(Tensor x, Tensor mixed, Activations? kept)
    {
        Tensor y = empty(batch, length, _width);
        float* from = Fused.Data(x), values = Fused.Data(mixed), weight = Fused.Data(layer.Norm2), to = Fused.Data(y);
        float* biasO = Pointer(layer.OBias), biasGateUp = Pointer(layer.GateUpBias), biasDown = Pointer(layer.DownBias);
        float* middles = Pointer(kept?.Middle), scales = Pointer(kept?.Scales2), boths = Pointer(kept?.GateUp);
        using PackedMatrix o = PackedMatrix.Transposed(layer.O), gateUp = PackedMatrix.Transposed(layer.GateUp), down = PackedMatrix.Transposed(layer.Down);
        Fused.Blocks(_rows, Fused.Block * (_width + (3 * _inner)), (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* normal = scratch.Take(Fused.Block * _width);
            float* gated = scratch.Take(Fused.Block * _inner);
            float* both = boths is null ? scratch.Take(Fused.Block * 2 * _inner) : boths + (start * 2 * _inner);
            float* middle = middles is null ? to + at : middles + at;
            Product(values + (start * shape.Mixed), count, o, from + at, biasO, middle);
            RmsNorm.Rows(middle, count, _width, weight, epsilon, normal, scales is null ? null : scales + start);
            Product(normal, count, gateUp, null, biasGateUp, both);
            SwiGlu.Rows(both, count, _inner, gated);
            Product(gated, count, down, middle, biasDown, to + at);
        });
        return y;
    }

    // Down to the gradient of the mixed values, that of gate and up in their place; on the way, what the gradients of the matrices need.
    private void FeedBackward(
        Tensor dy, Tensor both, Tensor middle, Tensor scales2, Tensor mixed, Tensor dMiddle, Tensor dMixed, PackedMatrix gated, PackedMatrix normal2, PackedMatrix values)
    {
        float* dOut = Fused.Data(dy), gates = Fused.Data(both), middles = Fused.Data(middle), scales = Fused.Data(scales2), weight = Fused.Data(layer.Norm2);
        float* dMiddles = Fused.Data(dMiddle), dValues = Fused.Data(dMixed), mixedRows = Fused.Data(mixed);
        using Tensor parts = zeros(Fused.BlocksOf(_rows), _width);
        float* dWeights = Fused.Data(parts);
        using PackedMatrix down = PackedMatrix.Of(layer.Down), gateUp = PackedMatrix.Of(layer.GateUp), o = PackedMatrix.Of(layer.O);
        Fused.Blocks(_rows, 2 * Fused.Block * (_width + _inner), (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* product = scratch.Take(Fused.Block * _inner);
            float* dProduct = scratch.Take(Fused.Block * _inner);
            float* normal = scratch.Take(Fused.Block * _width);
            float* dNormal = scratch.Take(Fused.Block * _width);
            Product(dOut + at, count, down, null, null, dProduct);
            SwiGlu.BackwardRows(gates + (start * 2 * _inner), dProduct, count, _inner, product);
            Product(gates + (start * 2 * _inner), count, gateUp, null, null, dNormal);
            RmsNorm.BackwardRows(
                middles + at, scales + start, weight, dOut + at, dNormal, count, _width, normal, dMiddles + at, dWeights + (start / Fused.Block * _width));
            gated.Set(first, count, product);
            normal2.Set(first, count, normal);
            values.Set(first, count, mixedRows + (start * shape.Mixed));
            Product(dMiddles + at, count, o, null, null, dValues + (start * shape.Mixed));
        });
        AddRows(parts, layer.Norm2);
    }

    // The gradient of q, k and v in their place.
    private void AttendBackward(Tensor qkv, Tensor mixed, Tensor sums, Tensor dMixed)
    {
        float* inputs = Fused.Data(qkv), values = Fused.Data(mixed), logs = Fused.Data(sums), dValues = Fused.Data(dMixed);
        AttentionHead head = new(shape, length, Fused.Data(rotary.Cos), Fused.Data(rotary.SignedSin));
        Fused.Each(batch * shape.Keys, head.BackwardScratch, (i, scratch) =>
        {
            (nint row, int key) = Math.DivRem(i, shape.Keys);
            nint input = row * length * shape.Row;
            nint output = row * length * shape.Mixed;
            head.Backward(inputs + input, key, values + output, logs + (row * shape.Queries * length), dValues + output, scratch);
        });
    }

    private void ProjectBackward(Tensor dQkv, Tensor x, Tensor scales1, Tensor dMiddle, PackedMatrix normal1, Tensor dx)
    {
        float* dInputs = Fused.Data(dQkv), stream = Fused.Data(x), scales = Fused.Data(scales1), weight = Fused.Data(layer.Norm1);
        float* dMiddles = Fused.Data(dMiddle), to = Fused.Data(dx);
        using Tensor parts = zeros(Fused.BlocksOf(_rows), _width);
        float* dWeights = Fused.Data(parts);
        using PackedMatrix qkv = PackedMatrix.Of(layer.Qkv);
        Fused.Blocks(_rows, 2 * Fused.Block * _width, (first, count, scratch) =>
        {
            nint start = first;
            nint at = start * _width;
            float* normal = scratch.Take(Fused.Block * _width);
            float* dNormal = scratch.Take(Fused.Block * _width);
            Product(dInputs + (start * shape.Row), count, qkv, null, null, dNormal);
            RmsNorm.BackwardRows(
                stream + at, scales + start, weight, dMiddles + at, dNormal, count, _width, normal, to + at, dWeights + (start / Fused.Block * _width));
            normal1.Set(first, count, normal);
        });
        AddRows(parts, layer.Norm1);
    }

    // Rows [..., M] to the gradient of a parameter [M].
    private static void AddRows(Tensor rows, Tensor? parameter)
    {
        if (parameter is not null && parameter.requires_grad)
        {
            int width = (int)parameter.shape[0];
            VectorMath.AddRows(Fused.Data(rows), (int)(rows.numel() / width), width, Fused.Data(parameter.grad!));
        }
    }

    // y = x W (+ bias) (+ residual).
    private static void Product(float* x, int count, PackedMatrix matrix, float* residual, float* bias, float* y)
    {
        int width = matrix.Columns;
        for (nint row = 0; row < count && (residual is not null || bias is not null); row++)
        {
            float* to = y + (row * width);
            float* first = residual is null ? bias : residual + (row * width);
            if (first != to)
            {
                Unsafe.CopyBlock(to, first, (uint)(width * sizeof(float)));
            }

            if (residual is not null && bias is not null)
            {
                VectorMath.Add(1, bias, to, width);
            }
        }

        Gemm.Add(count, new Matrix(x, matrix.Rows, 1), matrix, y, width, residual is not null || bias is not null);
    }

    private static float* Pointer(Tensor? tensor) => tensor is null ? null : Fused.Data(tensor);

    private sealed record Activations(Tensor Scales1, Tensor Scales2, Tensor Middle, Tensor GateUp);
}
