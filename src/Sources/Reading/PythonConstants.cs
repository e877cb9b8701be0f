namespace NaturalThoughts.Sources.Reading;

/// <summary>
/// Python's json module writes <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which JSON does not have; Inspect marks samples without a score so.
/// They are read as null.
/// </summary>
internal static class PythonConstants
{
    private static readonly byte[][] Names = ["-Infinity"u8.ToArray(), "Infinity"u8.ToArray(), "NaN"u8.ToArray()];

    /// <summary>The text with null for each constant outside of strings; null where it has none.</summary>
    public static byte[]? Replace(ReadOnlySpan<byte> json)
    {
        MemoryStream? replaced = null;
        int copied = 0;
        bool inside = false;
        for (int at = 0; at < json.Length; at++)
        {
            if (inside && json[at] == (byte)'\\')
            {
                at++;
            }
            else if (json[at] == (byte)'"')
            {
                inside = !inside;
            }
            else if (!inside && Length(json[at..]) is int length and > 0)
            {
                replaced ??= new MemoryStream(json.Length + 64);
                replaced.Write(json[copied..at]);
                replaced.Write("null"u8);
                copied = at + length;
                at = copied - 1;
            }
        }

        replaced?.Write(json[copied..]);
        return replaced?.ToArray();
    }

    private static int Length(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'N' or (byte)'I' or (byte)'-')
        {
            foreach (byte[] name in Names)
            {
                if (text.StartsWith(name))
                {
                    return name.Length;
                }
            }
        }

        return 0;
    }
}
