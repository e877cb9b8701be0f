using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Arithmetic that keeps the exact result within the ball: every rounding widens it.</summary>
internal sealed partial class BallMath(int precision, Work work)
{
    /// <summary>Exponents beyond this are too large to go on with.</summary>
    private const long LargestExponent = 1L << 56;

    /// <summary>The precision of results, in bits.</summary>
    public int Precision { get; } = precision;

    public Work Work { get; } = work;

    public Ball Of(Rational value) => value.IsInteger ? Round(Ball.Of(value.Numerator)) : Divide(Ball.Of(value.Numerator), Ball.Of(value.Denominator));

    public Ball Add(Ball a, Ball b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        // What is far below the last bit only widens the ball.
        if (a.Magnitude < b.Magnitude)
        {
            (a, b) = (b, a);
        }

        long last = Math.Max(a.Magnitude - Precision - 8, a.Error - 8);
        if (b.Magnitude < last && b.Exponent < a.Exponent)
        {
            long down = Math.Max(0, a.Exponent - last);
            Spend((long)a.Middle.GetBitLength() + down);
            return Round(new Ball(a.Middle << (int)down, (a.Radius << (int)down) + 1, a.Exponent - down));
        }

        long difference = a.Exponent - b.Exponent;
        Spend(Math.Abs(difference) + (long)a.Middle.GetBitLength());
        int shift = (int)Math.Min(Math.Abs(difference), int.MaxValue);
        return difference >= 0
            ? Round(new Ball((a.Middle << shift) + b.Middle, (a.Radius << shift) + b.Radius, b.Exponent))
            : Round(new Ball(a.Middle + (b.Middle << shift), a.Radius + (b.Radius << shift), a.Exponent));
    }

    public Ball Subtract(Ball a, Ball b) => Add(a, -b);

    public Ball Multiply(Ball a, Ball b)
    {
        Spend(a.Middle.GetBitLength() * b.Middle.GetBitLength() / 64);
        BigInteger radius = a.IsExact && b.IsExact ? BigInteger.Zero
            : (BigInteger.Abs(a.Middle) * b.Radius) + (BigInteger.Abs(b.Middle) * a.Radius) + (a.Radius * b.Radius);
        return Round(new Ball(a.Middle * b.Middle, radius, a.Exponent + b.Exponent));
    }

    /// <summary>The quotient a / b.</summary>
    /// <exception cref="UndefinedException">The divisor is zero.</exception>
    /// <exception cref="UndecidedException">The divisor may be zero.</exception>
    public Ball Divide(Ball a, Ball b)
    {
        if (b.HasZero)
        {
            throw b.IsZero || b.Error < -80 ? new UndefinedException() : new UndecidedException("a divisor that may be zero", imprecise: true);
        }

        long shift = Math.Max(0, Precision + 8 + (long)b.Middle.GetBitLength() - (long)a.Middle.GetBitLength());
        Spend((a.Middle.GetBitLength() + shift) * b.Middle.GetBitLength() / 32);
        BigInteger quotient = BigInteger.DivRem(a.Middle << (int)shift, b.Middle, out BigInteger rest);
        BigInteger radius = a.IsExact && b.IsExact ? (rest.IsZero ? BigInteger.Zero : BigInteger.One)
            : ((((a.Radius << (int)shift) + ((BigInteger.Abs(quotient) + 1) * b.Radius)) / (BigInteger.Abs(b.Middle) - b.Radius)) + 2);
        return Round(new Ball(quotient, radius, a.Exponent - b.Exponent - shift));
    }

    public Ball Power(Ball a, BigInteger exponent)
    {
        if (exponent.Sign < 0)
        {
            return Divide(Ball.One, Power(a, -exponent));
        }

        if (exponent.GetBitLength() > 4_000)
        {
            throw new UndecidedException("an exponent that is too large");
        }

        Ball result = Ball.One;
        for (long bit = (long)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Multiply(result, result);
            if (!((exponent >> (int)bit) & 1).IsZero)
            {
                result = Multiply(result, a);
            }
        }

        return result;
    }

    /// <summary>The square root; a ball around zero is taken from zero on.</summary>
    /// <exception cref="UndefinedException">All numbers are negative.</exception>
    public Ball Sqrt(Ball a)
    {
        if (a.IsNegative)
        {
            throw new UndefinedException();
        }

        if (a.IsZero)
        {
            return a;
        }

        if (a.HasZero)
        {
            Ball upper = Sqrt(new Ball(BigInteger.Abs(a.Middle) + a.Radius, BigInteger.Zero, a.Exponent));
            return Round(new Ball(upper.Middle + upper.Radius, upper.Middle + upper.Radius, upper.Exponent - 1));
        }

        long shift = Math.Max(0, (2 * Precision) + 16 - (long)a.Middle.GetBitLength());
        shift += (a.Exponent - shift) & 1;
        Spend((a.Middle.GetBitLength() + shift) * (a.Middle.GetBitLength() + shift) / 16);
        BigInteger low = Root((a.Middle - a.Radius) << (int)shift);
        BigInteger high = a.IsExact ? low : Root((a.Middle + a.Radius) << (int)shift);
        bool exact = a.IsExact && low * low == a.Middle << (int)shift;
        return Round(new Ball(low + high, exact ? 0 : high - low + 2, ((a.Exponent - shift) / 2) - 1));
    }

    /// <summary>The integer square root.</summary>
    public static BigInteger Root(BigInteger square)
    {
        if (square.IsZero)
        {
            return square;
        }

        // The first guess comes from the leading bits and is never too small: Newton's steps fall until the root is reached.
        int shift = (int)Math.Max(0, square.GetBitLength() - 62);
        shift += shift & 1;
        BigInteger root = (BigInteger)((ulong)Math.Sqrt((double)(ulong)(square >> shift)) + 2) << (shift / 2);
        while (true)
        {
            BigInteger next = (root + (square / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>Minus one, zero or one.</summary>
    /// <exception cref="UndecidedException">The sign may be either.</exception>
    public static int Sign(Ball a) =>
        a.IsPositive ? 1 : a.IsNegative ? -1 : a.IsZero || a.Error < -80 ? 0 : throw new UndecidedException("a sign that cannot be told", imprecise: true);

    /// <summary>Whether two numbers are apart (1), alike as far as the precision goes (0), or neither for certain (null).</summary>
    public bool? Apart(Ball a, Ball b, int agreement)
    {
        Ball difference = Subtract(a, b);
        return !difference.HasZero ? true : difference.IsZero || difference.Magnitude < -agreement ? false : null;
    }

    private void Spend(long bits) => Work.Spend(8 + (bits / 64));

    private Ball Round(Ball a)
    {
        long extra = (long)a.Middle.GetBitLength() - Precision;
        long wide = (long)a.Radius.GetBitLength() - 32;
        long shift = Math.Max(extra, wide);
        if (Math.Abs(a.Exponent) > LargestExponent)
        {
            throw new UndecidedException("a number that is too large");
        }

        if (shift <= 0)
        {
            return a;
        }

        bool exact = a.IsExact && (a.Middle & ((BigInteger.One << (int)shift) - 1)).IsZero;
        return new Ball(a.Middle >> (int)shift, exact ? 0 : (a.Radius >> (int)shift) + 2, a.Exponent + shift);
    }
}
