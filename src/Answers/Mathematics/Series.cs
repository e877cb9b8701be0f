using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Values of infinite series by acceleration.</summary>
internal static class Series
{
    /// <summary>
    /// The alternating series of the terms, after Cohen, Rodriguez Villegas and Zagier (2000), algorithm 1: the error falls by 5.8 with each term.
    /// </summary>
    public static Ball Alternating(BallMath math, Func<int, Ball> term, int count)
    {
        // d = ((3 + sqrt 8)^n + (3 - sqrt 8)^n) / 2 is a whole number: d(n) = 6 d(n-1) - d(n-2).
        (BigInteger before, BigInteger d) = (BigInteger.One, new BigInteger(3));
        for (int n = 1; n < count; n++)
        {
            (before, d) = (d, (6 * d) - before);
        }

        (BigInteger b, BigInteger c) = (BigInteger.MinusOne, -d);
        Ball sum = Ball.Zero;
        for (int k = 0; k < count; k++)
        {
            c = b - c;
            sum = math.Add(sum, math.Multiply(Ball.Of(c), term(k)));
            b = b * (k + count) * (k - count) * 2 / (((2 * k) + 1) * (k + 1));
        }

        return math.Divide(sum, Ball.Of(d));
    }

    /// <summary>Riemann's zeta of a whole number above one, or of two half of whose values are known by name: by the alternating series.</summary>
    public static Ball Zeta(BallMath math, BigInteger s)
    {
        if (s < 2 || s > 200)
        {
            throw new UndecidedException("zeta outside of the whole numbers above one");
        }

        int count = (math.Precision * 10 / 25) + 8;
        Ball eta = Alternating(math, k => math.Divide(Ball.One, Ball.Of(BigInteger.Pow(k + 1, (int)s))), count);
        Ball sum = math.Divide(eta, math.Subtract(Ball.One, math.Divide(Ball.One, Ball.Of(BigInteger.Pow(2, (int)s - 1)))));

        // The truncation is below 2 / 5.8^n, and 5.8^n exceeds 2^(2.5 n).
        return Estimate(sum, math.Precision - 4);
    }

    /// <summary>A ball widened to an error of two to the minus bits.</summary>
    public static Ball Estimate(Ball value, int bits)
    {
        if (value.Exponent < -bits)
        {
            return value with { Radius = value.Radius + (BigInteger.One << (int)(-bits - value.Exponent)) };
        }

        int shift = (int)Math.Min(value.Exponent + bits, 1_000_000);
        return new Ball(value.Middle << shift, (value.Radius << shift) + 1, -bits);
    }
}
