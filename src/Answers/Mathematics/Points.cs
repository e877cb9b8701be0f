using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The points at which formulas are compared; they are functions of the letters' names and the point's number alone.</summary>
internal static class Points
{
    /// <summary>Points looked at in one comparison at most.</summary>
    public const int Most = 28;

    // Sizes around which letters are drawn, so that near zero, near one and far away are all met.
    private static readonly int[] Tenths = [13, 5, 31, 8, 94, 21, 7, 250, 3, 17, 62, 11, 1400, 2];

    /// <summary>A hash of a name that is the same everywhere (FNV-1a, finished as SplitMix64 does).</summary>
    public static ulong Hash(string name, int seed)
    {
        ulong hash = 14695981039346656037UL ^ ((ulong)seed * 0x9E3779B97F4A7C15UL);
        foreach (char c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    /// <summary>The value of a letter at a point: a binary fraction; at the first four points, and for units, above zero, at the fifth below.</summary>
    public static ComplexBall Value(string name, int point, bool whole)
    {
        ulong hash = Hash(name, point + 100);
        if (whole)
        {
            return Ball.Of((long)(hash % 7) + 1 + (point % 4));
        }

        // Between half and three halves of the size, in steps so small that no period of a usual function divides them.
        BigInteger mantissa = ((BigInteger)(hash & 0xFFFFF) << 80) + ((BigInteger)Hash(name, point + 200) << 10) + (BigInteger.One << 99);
        Ball value = new(mantissa * Tenths[point % Tenths.Length] * 13107, 0, -117);
        bool negative = (point == 4 || (point > 4 && ((hash >> 40) & 1) == 1)) && !name.StartsWith(Units.Base, StringComparison.Ordinal);
        return negative ? -value : value;
    }
}
