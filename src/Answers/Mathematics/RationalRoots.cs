using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Rational zeros of a polynomial with rational coefficients.</summary>
internal static class RationalRoots
{
    private const int MostDivisors = 400;

    private const long LargestCoefficient = 1_000_000_000;

    /// <summary>The rational zeros, each once; the coefficients, from the lowest on, are divided by their factors.</summary>
    public static List<Rational> Of(List<Rational> coefficients, Work work)
    {
        List<Rational> roots = [];
        while (coefficients.Count > 1 && coefficients[0].IsZero)
        {
            coefficients.RemoveAt(0);
            if (!roots.Contains(Rational.Zero))
            {
                roots.Add(Rational.Zero);
            }
        }

        while (coefficients.Count > 2 && Next(coefficients, work) is { } root)
        {
            do
            {
                Divide(coefficients, root);
            }
            while (coefficients.Count > 1 && At(coefficients, root).IsZero);
            roots.Add(root);
        }

        return roots;
    }

    private static Rational? Next(List<Rational> coefficients, Work work)
    {
        BigInteger common = BigInteger.One;
        foreach (Rational value in coefficients)
        {
            common = common / BigInteger.GreatestCommonDivisor(common, value.Denominator) * value.Denominator;
        }

        List<long> over = Divisors((coefficients[0] * new Rational(common)).Numerator, work);
        List<long> under = Divisors((coefficients[^1] * new Rational(common)).Numerator, work);
        if ((long)over.Count * under.Count > MostDivisors)
        {
            return null;
        }

        foreach (long p in over)
        {
            foreach (long q in under)
            {
                work.Spend(20 * coefficients.Count);
                Rational root = Rational.Of(p, q);
                if (At(coefficients, root).IsZero)
                {
                    return root;
                }

                if (At(coefficients, -root).IsZero)
                {
                    return -root;
                }
            }
        }

        return null;
    }

    private static Rational At(List<Rational> coefficients, Rational x)
    {
        Rational value = Rational.Zero;
        for (int i = coefficients.Count - 1; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }

    private static void Divide(List<Rational> coefficients, Rational root)
    {
        Rational carry = Rational.Zero;
        for (int i = coefficients.Count - 1; i >= 0; i--)
        {
            carry = coefficients[i] + (carry * root);
            coefficients[i] = carry;
        }

        // The remainder is zero; the quotient moves down by one place.
        coefficients.RemoveAt(0);
    }

    private static List<long> Divisors(BigInteger value, Work work)
    {
        value = BigInteger.Abs(value);
        if (value.IsZero || value > LargestCoefficient)
        {
            return [];
        }

        List<long> divisors = [];
        long n = (long)value;
        for (long d = 1; d * d <= n; d++)
        {
            work.Spend(1);
            if (n % d == 0)
            {
                divisors.Add(d);
                if (d * d < n)
                {
                    divisors.Add(n / d);
                }
            }
        }

        return divisors;
    }
}
