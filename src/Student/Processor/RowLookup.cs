using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using static NaturalThoughts.Student.Kernels.TensorMemory;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>The embedding: rows of a table by their numbers.</summary>
internal static unsafe class RowLookup
{
    private const int LeastRows = 256;

    /// <summary>Looks up the row of each id, with its gradient.</summary>
    /// <param name="table">[V, C].</param>
    /// <param name="ids">[B, T] int64.</param>
    /// <returns>[B, T, C].</returns>
    /// <exception cref="UserErrorException">An id is not below V.</exception>
    public static Tensor Apply(Tensor table, Tensor ids)
    {
        Limits.Ids(ids, table.shape[0]);
        using Tensor list = ids.contiguous();
        int width = (int)table.shape[1];
        Tensor x = empty(ids.shape[0], ids.shape[1], width);
        float* from = Floats(table), to = Floats(x);
        long* rows = Ids(list);
        Threads.Share((int)list.numel(), LeastRows, (first, end) =>
        {
            for (nint i = first; i < end; i++)
            {
                new Span<float>(from + ((nint)rows[i] * width), width).CopyTo(new Span<float>(to + (i * width), width));
            }
        });
        return x;
    }

    /// <summary>Adds to the gradient of the table, in the order of the ids.</summary>
    /// <param name="table">[V, C], with a gradient.</param>
    /// <param name="ids">[B, T] int64.</param>
    /// <param name="gradient">[B, T, C]: of what was looked up.</param>
    /// <exception cref="UserErrorException">An id is not below V.</exception>
    public static void AddGradient(Tensor table, Tensor ids, Tensor gradient)
    {
        Limits.Ids(ids, table.shape[0]);
        Limits.Require(gradient.numel() == ids.numel() * table.shape[1], nameof(gradient));
        using Tensor dy = gradient.contiguous(), list = ids.contiguous();
        int width = (int)table.shape[1];
        float* from = Floats(dy), to = Floats(table.grad!);
        long* rows = Ids(list);
        long count = list.numel();
        for (nint i = 0; i < count; i++)
        {
            VectorMath.Add(1, from + (i * width), to + ((nint)rows[i] * width), width);
        }
    }
}
