namespace NaturalThoughts.Student.Kernels;

/// <summary>Rows that <see cref="RmsNorm"/> was applied to.</summary>
/// <param name="x">[N, C].</param>
/// <param name="count">N.</param>
/// <param name="width">C.</param>
/// <param name="weight">[C].</param>
/// <param name="scales">[N], from <see cref="RmsNorm.Rows"/>.</param>
internal readonly unsafe struct NormedRows(float* x, int count, int width, float* weight, float* scales)
{
    public readonly float* X = x;
    public readonly int Count = count;
    public readonly int Width = width;
    public readonly float* Weight = weight;
    public readonly float* Scales = scales;
}
