using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Arithmetic and elementary functions of complex balls.</summary>
internal sealed class ComplexMath(BallMath real)
{
    public BallMath Real { get; } = real;

    public ComplexBall Add(ComplexBall a, ComplexBall b) => new(Real.Add(a.Re, b.Re), Real.Add(a.Im, b.Im));

    public ComplexBall Subtract(ComplexBall a, ComplexBall b) => Add(a, -b);

    public ComplexBall Multiply(ComplexBall a, ComplexBall b)
    {
        if (a.IsReal && b.IsReal)
        {
            return Real.Multiply(a.Re, b.Re);
        }

        return new(Real.Subtract(Real.Multiply(a.Re, b.Re), Real.Multiply(a.Im, b.Im)), Real.Add(Real.Multiply(a.Re, b.Im), Real.Multiply(a.Im, b.Re)));
    }

    public ComplexBall Divide(ComplexBall a, ComplexBall b)
    {
        if (b.IsReal)
        {
            return new(Real.Divide(a.Re, b.Re), a.IsReal ? Ball.Zero : Real.Divide(a.Im, b.Re));
        }

        Ball square = Real.Add(Real.Multiply(b.Re, b.Re), Real.Multiply(b.Im, b.Im));
        ComplexBall product = Multiply(a, b with { Im = -b.Im });
        return new(Real.Divide(product.Re, square), Real.Divide(product.Im, square));
    }

    public ComplexBall Power(ComplexBall a, BigInteger exponent)
    {
        if (a.IsReal)
        {
            return Real.Power(a.Re, exponent);
        }

        if (exponent.Sign < 0)
        {
            return Divide(ComplexBall.One, Power(a, -exponent));
        }

        if (exponent.GetBitLength() > 4_000)
        {
            throw new UndecidedException("an exponent that is too large");
        }

        ComplexBall result = ComplexBall.One;
        for (long bit = (long)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = Multiply(result, result);
            result = ((exponent >> (int)bit) & 1).IsZero ? result : Multiply(result, a);
        }

        return result;
    }

    public Ball Abs(ComplexBall a) => a.IsReal
        ? (BallMath.Sign(a.Re) < 0 ? -a.Re : a.Re)
        : Real.Sqrt(Real.Add(Real.Multiply(a.Re, a.Re), Real.Multiply(a.Im, a.Im)));

    public ComplexBall Exp(ComplexBall a)
    {
        Ball size = Real.Exp(a.Re);
        if (a.IsReal)
        {
            return size;
        }

        (Ball sin, Ball cos) = Real.SinCos(a.Im);
        return new(Real.Multiply(size, cos), Real.Multiply(size, sin));
    }

    /// <summary>The principal logarithm.</summary>
    public ComplexBall Ln(ComplexBall a)
    {
        if (a.IsReal && BallMath.Sign(a.Re) > 0)
        {
            return Real.Ln(a.Re);
        }

        return a.IsZero ? throw new UndefinedException() : new(Real.Ln(Abs(a)), Angle(a));
    }

    /// <summary>The angle, above minus and up to plus half a turn.</summary>
    public Ball Angle(ComplexBall a)
    {
        if (a.IsReal || (BallMath.Sign(a.Im) == 0 && BallMath.Sign(a.Re) != 0))
        {
            return BallMath.Sign(a.Re) switch { > 0 => Ball.Zero, < 0 => Real.Pi(), _ => throw new UndefinedException() };
        }

        if (BallMath.Sign(a.Re) == 0)
        {
            Ball half = Real.Pi();
            half = Half(half);
            return BallMath.Sign(a.Im) > 0 ? half : -half;
        }

        Ball angle = Real.Atan(Real.Divide(a.Im, a.Re));
        return BallMath.Sign(a.Re) > 0 ? angle : BallMath.Sign(a.Im) > 0 ? Real.Add(angle, Real.Pi()) : Real.Subtract(angle, Real.Pi());
    }

    /// <summary>The principal square root.</summary>
    public ComplexBall Sqrt(ComplexBall a)
    {
        if (a.IsReal)
        {
            return BallMath.Sign(a.Re) >= 0 ? Real.Sqrt(a.Re) : new ComplexBall(Ball.Zero, Real.Sqrt(-a.Re));
        }

        Ball size = Abs(a);
        Ball re = Half(Real.Add(size, a.Re));
        Ball im = Half(Real.Subtract(size, a.Re));
        Ball root = Real.Sqrt(im);
        return new(Real.Sqrt(re), BallMath.Sign(a.Im) < 0 ? -root : root);
    }

    private static Ball Half(Ball a) => a with { Exponent = a.Exponent - 1 };
}
