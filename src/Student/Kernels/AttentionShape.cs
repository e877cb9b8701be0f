namespace NaturalThoughts.Student.Kernels;

/// <summary>Heads of an attention layer; a row of q, k and v together has <see cref="Row"/> elements, heads one after another.</summary>
/// <param name="Queries">Query heads H.</param>
/// <param name="Keys">Key and value heads K; divides H.</param>
/// <param name="Width">Width D of a head, even.</param>
internal readonly record struct AttentionShape(int Queries, int Keys, int Width)
{
    /// <summary>Query heads that share a key head.</summary>
    public int Group => Queries / Keys;

    /// <summary>Elements of q, k and v of one position.</summary>
    public int Row => (Queries + (2 * Keys)) * Width;

    /// <summary>Elements of all query heads of one position.</summary>
    public int Mixed => Queries * Width;

    /// <summary>What scores are multiplied by.</summary>
    public float Scale => (float)(1 / Math.Sqrt(Width));
}
