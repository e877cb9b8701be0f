namespace NaturalThoughts.Sources.Reading;

/// <summary>Orders names as people do: runs of digits by their value (<c>output-rs2</c> before <c>output-rs10</c>), all else ordinally.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The only instance; it has no state.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x;
        ReadOnlySpan<char> b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            int digitsA = Digits(a);
            int digitsB = Digits(b);
            int order;
            if (digitsA > 0 && digitsB > 0)
            {
                ReadOnlySpan<char> valueA = a[..digitsA].TrimStart('0');
                ReadOnlySpan<char> valueB = b[..digitsB].TrimStart('0');
                order = valueA.Length != valueB.Length ? valueA.Length.CompareTo(valueB.Length) : valueA.SequenceCompareTo(valueB);
                a = a[digitsA..];
                b = b[digitsB..];
            }
            else
            {
                order = a[0].CompareTo(b[0]);
                a = a[1..];
                b = b[1..];
            }

            if (order != 0)
            {
                return order;
            }
        }

        // Names that differ in leading zeros alone still have one order.
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is int end and >= 0 ? end : text.Length;
}
