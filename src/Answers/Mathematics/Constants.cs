using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Pi and the logarithm of two in fixed point, to as many bits as a comparison may ask for.</summary>
internal static class Constants
{
    /// <summary>More bits are never needed: larger precision is undecided.</summary>
    public const int MostBits = 12_000;

    private static readonly BigInteger PiBits = Machin();

    private static readonly BigInteger Ln2Bits = Series();

    /// <summary>Pi times two to the number of bits, rounded down.</summary>
    public static BigInteger Pi(int bits) => Cut(PiBits, bits);

    /// <summary>The natural logarithm of two times two to the number of bits, rounded down.</summary>
    public static BigInteger Ln2(int bits) => Cut(Ln2Bits, bits);

    private static BigInteger Cut(BigInteger value, int bits) =>
        bits <= MostBits ? value >> (MostBits + 64 - bits) : throw new UndecidedException("more digits than are kept");

    // Machin 1706: pi = 16 atan(1/5) - 4 atan(1/239).
    private static BigInteger Machin() => (16 * Inverse(5, alternating: true)) - (4 * Inverse(239, alternating: true));

    // ln 2 = 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749).
    private static BigInteger Series() =>
        (18 * Inverse(26, alternating: false)) - (2 * Inverse(4801, alternating: false)) + (8 * Inverse(8749, alternating: false));

    private static BigInteger Inverse(int n, bool alternating)
    {
        BigInteger term = (BigInteger.One << (MostBits + 64)) / n;
        BigInteger sum = term;
        for (int k = 3; !term.IsZero; k += 2)
        {
            term /= n * n;
            sum += alternating && (k & 2) != 0 ? -(term / k) : term / k;
        }

        return sum;
    }
}
