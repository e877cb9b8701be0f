namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The order of real constants.</summary>
internal static class Order
{
    /// <summary>Minus one, zero or one; zero also where they agree to sixty digits.</summary>
    /// <exception cref="UndecidedException">They are not real constants, or cannot be told apart.</exception>
    public static int Compare(Node a, Node b, Work work)
    {
        if (Exact.Value(a, work) is { } left && Exact.Value(b, work) is { } right)
        {
            return left.CompareTo(right);
        }

        foreach (int precision in (int[])[128, 400, 2_000])
        {
            BallMath math = new(precision, work);
            ComplexBall difference = new ComplexMath(math).Subtract(Constant(a, math), Constant(b, math));
            if (!difference.Im.HasZero || (!difference.IsReal && difference.Im.Magnitude > -80))
            {
                throw new UndecidedException("an order of complex numbers");
            }

            if (!difference.Re.HasZero)
            {
                return difference.Re.IsPositive ? 1 : -1;
            }

            if (difference.Re.Magnitude < -200)
            {
                return 0;
            }
        }

        throw new UndecidedException("an order that cannot be told");
    }

    /// <summary>A binary fraction near to a constant.</summary>
    public static Rational Near(Node a, Work work)
    {
        if (Exact.Value(a, work) is { } exact)
        {
            return exact;
        }

        Ball value = Constant(a, new BallMath(128, work)).Re;
        System.Numerics.BigInteger scale = System.Numerics.BigInteger.One << (int)Math.Min(Math.Abs(value.Exponent), 100_000);
        return value.Exponent >= 0 ? new Rational(value.Middle * scale) : Rational.Of(value.Middle, scale);
    }

    private static ComplexBall Constant(Node node, BallMath math)
    {
        try
        {
            return new Evaluator(math, [], realOnly: false).Value(node);
        }
        catch (UndefinedException)
        {
            throw new UndecidedException("an undefined bound");
        }
    }
}
