using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>The embedding: rows of a table by their numbers.</summary>
internal static unsafe class RowLookup
{
    /// <summary>Looks up.</summary>
    /// <param name="table">[V, C].</param>
    /// <param name="ids">[B, T] int64, each below V.</param>
    /// <returns>[B, T, C].</returns>
    public static Tensor Apply(Tensor table, Tensor ids)
    {
        // index_select adds gradients row by row in order; indexing with [] does not, and its sums differ between runs.
        return Fused.Takes(table) && Fused.Differentiates(table)
            ? Lookup.apply(table, ids)
            : Forward(table, ids);
    }

    private static Tensor Forward(Tensor table, Tensor ids) => table.index_select(0, ids.view(-1)).view(ids.shape[0], ids.shape[1], -1);

    // In the order of the ids, as torch does it, but without an operation a row.
    private static Tensor Backward(Tensor table, Tensor ids, Tensor gradient)
    {
        using Tensor dy = gradient.contiguous();
        int width = (int)table.shape[1];
        Tensor dx = zeros(table.shape);
        float* from = Fused.Data(dy);
        float* to = Fused.Data(dx);
        using Tensor list = ids.contiguous();
        long* rows = Fused.Ids(list);
        long count = list.numel();
        for (nint i = 0; i < count; i++)
        {
            VectorMath.Add(1, from + (i * width), to + ((nint)rows[i] * width), width);
        }

        return dx;
    }

    private sealed class Lookup : autograd.SingleTensorFunction<Lookup>
    {
        public override string Name => nameof(RowLookup);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            return Forward((Tensor)vars[0], (Tensor)vars[1]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [Backward(saved[0], saved[1], grad_output), null!];
        }
    }
}
