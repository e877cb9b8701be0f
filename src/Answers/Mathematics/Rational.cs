using System.Globalization;
using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>An exact number in lowest terms; the denominator is positive.</summary>
internal readonly record struct Rational
{
    public static readonly Rational Zero = new(BigInteger.Zero);

    public static readonly Rational One = new(BigInteger.One);

    private readonly BigInteger _less;

    public Rational(BigInteger whole) => Numerator = whole;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _less = denominator - 1;
    }

    public BigInteger Numerator { get; }

    /// <summary>The denominator in lowest terms, at least 1.</summary>
    public BigInteger Denominator => _less + 1;

    public bool IsInteger => _less.IsZero;

    public bool IsZero => Numerator.IsZero;

    public int Sign => Numerator.Sign;

    /// <summary>Bits of the larger part.</summary>
    public long Bits => Math.Max(Numerator.GetBitLength(), _less.GetBitLength());

    /// <summary>The quotient in lowest terms; the denominator is not zero.</summary>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        divisor = denominator.Sign < 0 ? -divisor : divisor;
        return divisor.IsOne ? new(numerator, denominator) : new(numerator / divisor, denominator / divisor);
    }

    public static Rational operator +(Rational a, Rational b) => a.IsInteger && b.IsInteger
        ? new(a.Numerator + b.Numerator)
        : Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator *(Rational a, Rational b) => a.IsInteger && b.IsInteger
        ? new(a.Numerator * b.Numerator)
        : Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The largest integer that is not larger.</summary>
    public BigInteger Floor()
    {
        BigInteger whole = BigInteger.DivRem(Numerator, Denominator, out BigInteger rest);
        return rest.Sign < 0 ? whole - 1 : whole;
    }

    /// <summary><c>n</c> or <c>n/d</c>.</summary>
    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
