namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Equality of dictionary keys as in Python: 1, 1.0 and True are one key.</summary>
internal sealed class KeyComparer : IEqualityComparer<object>
{
    public static readonly KeyComparer Instance = new();

    public new bool Equals(object? x, object? y) => object.Equals(Plain(x), Plain(y));

    public int GetHashCode(object obj) => Plain(obj)!.GetHashCode();

    private static object? Plain(object? key) => key switch
    {
        bool truth => truth ? 1L : 0L,
        double number when Math.Abs(number) < 1L << 62 && number == Math.Floor(number) => (long)number,
        _ => key,
    };
}
