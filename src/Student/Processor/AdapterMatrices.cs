using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static NaturalThoughts.Student.Kernels.TensorMemory;

namespace NaturalThoughts.Student.Processor;

/// <summary>The matrices A and S of <see cref="AdapterProduct"/>.</summary>
internal sealed unsafe class AdapterMatrices
{
    private readonly float[] _a;
    private readonly float[] _s;
    private readonly int _ranks;

    /// <param name="lora">The adapters of a layer.</param>
    /// <param name="modules">In the order of the output; at least one has an adapter.</param>
    public AdapterMatrices(LoraLayer lora, string[] modules)
    {
        AdapterPlace[] places = [.. lora.Places(modules)];
        (int inputs, int outputs) = (places[0].Pair.Inputs, (int)lora.WidthOf(modules));
        _ranks = places.Sum(place => place.Pair.Rank);
        _a = new float[_ranks * inputs];
        _s = new float[outputs * _ranks];
        foreach (AdapterPlace place in places)
        {
            int rank = place.Pair.Rank;
            float scale = (float)place.Pair.Scale;
            new ReadOnlySpan<float>(Floats(place.Pair.A), rank * inputs).CopyTo(_a.AsSpan(place.Rank * inputs));
            float* b = Floats(place.Pair.B);
            for (int row = 0; row < place.Pair.Outputs; row++)
            {
                for (int r = 0; r < rank; r++)
                {
                    _s[((place.Row + row) * _ranks) + place.Rank + r] = scale * b[(row * rank) + r];
                }
            }
        }
    }

    /// <summary>A, [R, K], or its transpose.</summary>
    public PackedMatrix A(bool transposed) => Pack(_a, _ranks, transposed);

    /// <summary>S, [M, R], or its transpose.</summary>
    public PackedMatrix S(bool transposed) => Pack(_s, _s.Length / _ranks, transposed);

    private static PackedMatrix Pack(float[] values, int rows, bool transposed)
    {
        int columns = values.Length / rows;
        fixed (float* first = values)
        {
            return transposed ? PackedMatrix.Of(columns, rows, new Matrix(first, 1, columns)) : PackedMatrix.Of(rows, columns, new Matrix(first, columns, 1));
        }
    }
}
