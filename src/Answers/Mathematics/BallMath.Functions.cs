using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class BallMath
{
    /// <summary>Larger arguments would need more digits of pi than are worth it.</summary>
    private const long LargestAngle = 2_000;

    private const int Guard = 40;

    /// <summary>e to the power of <paramref name="x"/>.</summary>
    public Ball Exp(Ball x)
    {
        if (x.IsZero)
        {
            return Ball.One;
        }

        if (x.Magnitude > 50)
        {
            throw new UndecidedException("an exponential that is too large");
        }

        int bits = Precision + Guard + (int)Math.Max(0, x.Magnitude);
        BigInteger value = Fixed(x, bits);
        BigInteger ln2 = Constants.Ln2(bits);
        BigInteger count = value / ln2;
        value -= count * ln2;
        const int Halvings = 12;
        value >>= Halvings;
        BigInteger sum = BigInteger.One << bits;
        BigInteger term = sum;
        for (int n = 1; !term.IsZero && term != BigInteger.MinusOne; n++)
        {
            term = ((term * value) >> bits) / n;
            sum += term;
            SpendFixed(bits);
        }

        for (int i = 0; i < Halvings; i++)
        {
            sum = (sum * sum) >> bits;
            SpendFixed(bits);
        }

        // Halving loses one bit, squaring doubles the error each time.
        return Widened(sum, bits, (long)count, x.Error + 2, 24 + (int)Math.Max(0, x.Magnitude));
    }

    /// <summary>The natural logarithm of a positive number.</summary>
    /// <exception cref="UndefinedException">No number is positive.</exception>
    public Ball Ln(Ball x)
    {
        if (x.IsNegative || x.IsZero)
        {
            throw new UndefinedException();
        }

        if (x.HasZero)
        {
            throw new UndecidedException("a logarithm of what may be zero", imprecise: true);
        }

        if (x.IsExact && x.Middle.IsOne && x.Exponent == 0)
        {
            return Ball.Zero;
        }

        // x = m * 2^k with m between 3/4 and 3/2.
        long k = (long)x.Middle.GetBitLength() + x.Exponent;
        int bits = Precision + Guard + 64;
        BigInteger m = Shift(x.Middle, x.Exponent - k + bits);
        if (m < (BigInteger.One << bits) * 3 / 4)
        {
            (m, k) = (m << 1, k - 1);
        }

        const int Roots = 8;
        for (int i = 0; i < Roots; i++)
        {
            m = Root(m << bits);
            SpendFixed(bits * 4);
        }

        BigInteger one = BigInteger.One << bits;
        BigInteger ratio = ((m - one) << bits) / (m + one);
        BigInteger square = (ratio * ratio) >> bits;
        BigInteger sum = BigInteger.Zero;
        for (int n = 1; !ratio.IsZero && ratio != BigInteger.MinusOne; n += 2)
        {
            sum += ratio / n;
            ratio = (ratio * square) >> bits;
            SpendFixed(bits);
        }

        sum = (sum << (Roots + 1)) + (k * Constants.Ln2(bits));
        long relative = x.IsExact ? long.MinValue / 4 : (long)x.Radius.GetBitLength() - (long)(x.Middle - x.Radius).GetBitLength() + 2;
        return Widened(sum, bits, 0, relative, 30 + (int)new BigInteger(k).GetBitLength(), absolute: true);
    }

    /// <summary>Sine and cosine of the same argument.</summary>
    public (Ball Sin, Ball Cos) SinCos(Ball x)
    {
        if (x.IsZero)
        {
            return (Ball.Zero, Ball.One);
        }

        if (x.Magnitude > LargestAngle)
        {
            throw new UndecidedException("an angle that is too large");
        }

        int bits = Precision + Guard + (int)Math.Max(0, x.Magnitude);
        BigInteger value = Fixed(x, bits);
        BigInteger turn = Constants.Pi(bits) << 1;
        value -= ((value + (turn >> 1)) / turn) * turn;
        const int Halvings = 10;
        value >>= Halvings;
        BigInteger square = (value * value) >> bits;
        (BigInteger sin, BigInteger term) = (value, value);
        for (int n = 2; !term.IsZero && term != BigInteger.MinusOne; n += 2)
        {
            term = -((term * square) >> bits) / (n * (n + 1));
            sin += term;
            SpendFixed(bits);
        }

        // 1 - cos doubles without cancellation: v(2a) = 4v - 2v^2 for v = 1 - cos a.
        BigInteger one = BigInteger.One << bits;
        BigInteger versed = one - Root((one << bits) - (sin * sin));
        SpendFixed(bits * 4);
        for (int i = 0; i < Halvings; i++)
        {
            BigInteger cosine = one - versed;
            sin = (sin * cosine) >> (bits - 1);
            versed = (versed << 2) - ((versed * versed) >> (bits - 1));
            SpendFixed(bits * 2);
        }

        int lost = 30 + (int)Math.Max(0, x.Magnitude);
        return (Widened(sin, bits, 0, x.Error + 1, lost, absolute: true), Widened(one - versed, bits, 0, x.Error + 1, lost, absolute: true));
    }

    /// <summary>The angle whose tangent this is, between minus and plus a quarter turn.</summary>
    public Ball Atan(Ball x)
    {
        if (x.IsZero)
        {
            return x;
        }

        if (x.Magnitude > 1 && !x.HasZero)
        {
            Ball quarter = new(Constants.Pi(Precision + 8), 2, -Precision - 9);
            Ball inverse = Atan(Divide(Ball.One, x));
            return x.IsPositive ? Subtract(quarter, inverse) : Subtract(-quarter, inverse);
        }

        int bits = Precision + Guard;
        BigInteger value = Fixed(x, bits);
        BigInteger one = BigInteger.One << bits;
        const int Halvings = 8;
        for (int i = 0; i < Halvings; i++)
        {
            value = (value << bits) / (one + Root((one << bits) + (value * value)));
            SpendFixed(bits * 5);
        }

        BigInteger square = (value * value) >> bits;
        BigInteger sum = BigInteger.Zero;
        for (int n = 1; !value.IsZero && value != BigInteger.MinusOne; n += 2)
        {
            sum += (n & 2) == 0 ? value / n : -value / n;
            value = (value * square) >> bits;
            SpendFixed(bits);
        }

        return Widened(sum << Halvings, bits, 0, x.Error + 1, 30, absolute: true);
    }

    public Ball Pi() => new(Constants.Pi(Precision + 8), 2, -Precision - 8);

    private static BigInteger Shift(BigInteger value, long bits) =>
        bits >= 0 ? value << (int)bits : bits < -int.MaxValue ? BigInteger.Zero : value >> (int)-bits;

    private static BigInteger Fixed(Ball x, int bits) => Shift(x.Middle, x.Exponent + bits);

    /// <summary>A fixed-point result as a ball: what the argument's error makes of it, and the bits lost on the way.</summary>
    private Ball Widened(BigInteger value, int bits, long power, long error, int lost, bool absolute = false)
    {
        long fromArgument = error + bits + (absolute ? 0 : 1);
        if (fromArgument > bits + 4)
        {
            throw new UndecidedException("an argument that is too inexact", imprecise: true);
        }

        BigInteger radius = (BigInteger.One << lost) + (fromArgument > 0 ? BigInteger.One << (int)fromArgument : BigInteger.One);
        return Round(new Ball(value, radius, power - bits));
    }

    private void SpendFixed(int bits) => Work.Spend(4 + ((long)bits * bits / 4096 / 4));
}
