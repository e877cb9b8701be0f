using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>All real numbers within <c>Radius * 2^Exponent</c> of <c>Middle * 2^Exponent</c>.</summary>
internal readonly record struct Ball(BigInteger Middle, BigInteger Radius, long Exponent)
{
    public static readonly Ball Zero = new(BigInteger.Zero, BigInteger.Zero, 0);

    public static readonly Ball One = new(BigInteger.One, BigInteger.Zero, 0);

    public bool IsExact => Radius.IsZero;

    public bool IsZero => Middle.IsZero && Radius.IsZero;

    /// <summary>Whether zero is one of the numbers.</summary>
    public bool HasZero => BigInteger.Abs(Middle) <= Radius;

    /// <summary>Whether all numbers are above zero.</summary>
    public bool IsPositive => Middle > Radius;

    /// <summary>Whether all numbers are below zero.</summary>
    public bool IsNegative => -Middle > Radius;

    /// <summary>Every number is smaller in size than two to this power.</summary>
    public long Magnitude => IsZero ? long.MinValue / 4 : (long)(BigInteger.Abs(Middle) + Radius).GetBitLength() + Exponent;

    /// <summary>The radius is smaller than two to this power.</summary>
    public long Error => Radius.IsZero ? long.MinValue / 4 : (long)Radius.GetBitLength() + Exponent;

    public static Ball Of(BigInteger whole) => new(whole, BigInteger.Zero, 0);

    public static Ball operator -(Ball a) => a with { Middle = -a.Middle };

    /// <summary>The integer that is the only number of the ball, or the only integer within a ball far narrower than one.</summary>
    public BigInteger? Integer()
    {
        if (Exponent >= 0)
        {
            return IsExact && Exponent < 100_000 ? Middle << (int)Exponent : null;
        }

        if (Magnitude > 100_000 || Exponent < -1_000_000)
        {
            return Magnitude < -60 && HasZero ? BigInteger.Zero : null;
        }

        int shift = (int)-Exponent;
        BigInteger nearest = (Middle + (BigInteger.One << (shift - 1))) >> shift;
        BigInteger distance = BigInteger.Abs(Middle - (nearest << shift));
        bool narrow = Error < -60;
        return IsExact ? (distance.IsZero ? nearest : null) : narrow && distance <= Radius ? nearest : null;
    }
}
