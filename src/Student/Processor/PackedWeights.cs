using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.ModelWeights;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Processor;

/// <summary>
/// Packed copies of the matrices that linear layers apply, for as long as the weights do not change: a generation multiplies by the same ones at every token, a
/// few rows at a time, so that packing them each time would cost as much as a part of the products.
/// </summary>
internal sealed class PackedWeights : IDisposable
{
    private const long Most = 1 << 26; // elements, 256 MiB: a model that is larger is not copied

    private readonly Dictionary<Tensor, PackedMatrix> _matrices = new(ReferenceEqualityComparer.Instance);

    private PackedWeights(IEnumerable<Tensor> matrices)
    {
        foreach (Tensor matrix in matrices)
        {
            _matrices.Add(matrix, PackedMatrix.Transposed(matrix));
        }
    }

    /// <summary>The copies of a model's matrices; null where they would take too much memory.</summary>
    public static PackedWeights? Of(ModelParts parts)
    {
        Tensor[] matrices = [.. parts.Layers.SelectMany(layer => new[] { layer.Qkv, layer.O, layer.GateUp, layer.Down }), parts.Head];
        return matrices.Sum(matrix => matrix.numel()) > Most ? null : new PackedWeights(matrices);
    }

    /// <summary>The copy of a matrix of the model.</summary>
    public PackedMatrix this[Tensor matrix] => _matrices[matrix];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PackedMatrix matrix in _matrices.Values)
        {
            matrix.Dispose();
        }
    }
}
