using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The exact value of a formula without letters, where it is rational.</summary>
internal static class Exact
{
    /// <summary>Longer numbers are not written out.</summary>
    private const long MostBits = 200_000;

    private const int LargestFactorial = 5_000;

    /// <summary>The value; null where it is not rational, too long, or undefined.</summary>
    public static Rational? Value(Node node, Work work)
    {
        switch (node.Kind)
        {
            case NodeKind.Number:
                return node.Value;
            case NodeKind.Sum or NodeKind.Product:
                return Combined(node, work);
            case NodeKind.Power:
                return Value(node.Args[1], work) is { } exponent && Value(node.Args[0], work) is { } radix ? Power(radix, exponent, work) : null;
            case NodeKind.Call:
                return Call(node, work);
            default:
                return null;
        }
    }

    /// <summary>A power that is rational; null where it is not, is too long, or is undefined.</summary>
    public static Rational? Power(Rational radix, Rational exponent, Work work)
    {
        if (!exponent.IsInteger)
        {
            return exponent.Denominator < 64 && Root(radix, (int)exponent.Denominator, work) is { } root
                ? Power(root, new Rational(exponent.Numerator), work)
                : null;
        }

        BigInteger size = BigInteger.Abs(exponent.Numerator);
        if (radix.IsZero)
        {
            return exponent.Sign > 0 ? radix : null;
        }

        if (radix == Rational.One)
        {
            return radix;
        }

        if (radix == -Rational.One)
        {
            return exponent.Numerator.IsEven ? Rational.One : radix;
        }

        if (size * radix.Bits > MostBits)
        {
            return null;
        }

        work.Spend(1 + ((long)size * radix.Bits / 64));
        BigInteger over = BigInteger.Pow(radix.Numerator, (int)size);
        BigInteger under = BigInteger.Pow(radix.Denominator, (int)size);
        return exponent.Sign > 0 ? Rational.Of(over, under) : Rational.Of(under, over);
    }

    private static Rational? Combined(Node node, Work work)
    {
        Rational result = node.Kind == NodeKind.Sum ? Rational.Zero : Rational.One;
        foreach (Node arg in node.Args)
        {
            if (Value(arg, work) is not { } value)
            {
                return null;
            }

            if (value.Bits + result.Bits > MostBits)
            {
                return null;
            }

            work.Spend(2 + ((value.Bits + result.Bits) / 16));
            result = node.Kind == NodeKind.Sum ? result + value : result * value;
        }

        return result;
    }

    private static Rational? Root(Rational radix, int index, Work work)
    {
        if (radix.Sign < 0 && index % 2 == 0)
        {
            return null;
        }

        BigInteger over = IntegerRoot(BigInteger.Abs(radix.Numerator), index, work);
        BigInteger under = IntegerRoot(radix.Denominator, index, work);
        return BigInteger.Pow(over, index) == BigInteger.Abs(radix.Numerator) && BigInteger.Pow(under, index) == radix.Denominator
            ? Rational.Of(radix.Sign < 0 ? -over : over, under)
            : null;
    }

    private static BigInteger IntegerRoot(BigInteger value, int index, Work work)
    {
        long bits = (long)value.GetBitLength();
        work.Spend(1 + (bits * bits / 2048));
        if (value.IsZero || value.IsOne)
        {
            return value;
        }

        if (index == 2)
        {
            return BallMath.Root(value);
        }

        BigInteger root = BigInteger.One << (int)((bits / index) + 1);
        while (true)
        {
            BigInteger next = (((index - 1) * root) + (value / BigInteger.Pow(root, index - 1))) / index;
            if (next >= root)
            {
                return root;
            }

            root = next;
            work.Spend(1 + (bits * bits / 2048));
        }
    }

    private static Rational? Call(Node node, Work work)
    {
        if (node.Name == "mod")
        {
            return Value(node.Args[1], work) is { IsZero: false } modulus ? Modulo(node.Args[0], modulus, work) : null;
        }

        if (node.Name[0] == '?' || node.Args.Length is 0 or > 200)
        {
            return null;
        }

        Rational[] args = new Rational[node.Args.Length];
        for (int i = 0; i < args.Length; i++)
        {
            if (Value(node.Args[i], work) is not { } value)
            {
                return null;
            }

            args[i] = value;
        }

        Rational first = args[0];
        return node.Name switch
        {
            "abs" => first.Sign < 0 ? -first : first,
            "floor" => new Rational(first.Floor()),
            "ceil" => new Rational(-(-first).Floor()),
            "round" => new Rational((first + Rational.Of(1, 2)).Floor()),
            "sgn" => new Rational(first.Sign),
            "factorial" => Factorial(first, 1, work),
            "factorial2" => Factorial(first, 2, work),
            "binom" or "permutations" => Chosen(node.Name, first, args[1], work),
            "max" => args.Aggregate((a, b) => a.CompareTo(b) >= 0 ? a : b),
            "min" => args.Aggregate((a, b) => a.CompareTo(b) <= 0 ? a : b),
            "gcd" or "lcm" => Divisors(node.Name, args),
            _ => null,
        };
    }

    private static Rational? Modulo(Node left, Rational modulus, Work work)
    {
        if (Value(left, work) is { } value)
        {
            return value - (modulus * new Rational((value / modulus).Floor()));
        }

        return modulus is { IsInteger: true, Sign: > 0 } && modulus.Numerator < 1_000_000_000 && Residue.Of(left, (long)modulus.Numerator, work) is { } rest
            ? new Rational(rest)
            : null;
    }

    private static Rational? Factorial(Rational n, int step, Work work)
    {
        if (!n.IsInteger || n.Sign < 0 || n.Numerator > LargestFactorial)
        {
            return null;
        }

        BigInteger product = BigInteger.One;
        for (int k = (int)n.Numerator; k > 1; k -= step)
        {
            product *= k;
            work.Spend(1 + ((long)product.GetBitLength() / 256));
        }

        return new Rational(product);
    }

    private static Rational? Chosen(string name, Rational n, Rational k, Work work)
    {
        if (!n.IsInteger || !k.IsInteger || n.Sign < 0 || n.Bits > 64)
        {
            return null;
        }

        if (k.Sign < 0 || k.Numerator > n.Numerator)
        {
            return Rational.Zero;
        }

        BigInteger count = name == "binom" ? BigInteger.Min(k.Numerator, n.Numerator - k.Numerator) : k.Numerator;
        if (count > LargestFactorial)
        {
            return null;
        }

        BigInteger product = BigInteger.One;
        for (int j = 0; j < (int)count; j++)
        {
            product *= n.Numerator - j;
            product = name == "binom" ? product / (j + 1) : product;
            work.Spend(1 + ((long)product.GetBitLength() / 128));
        }

        return new Rational(product);
    }

    private static Rational? Divisors(string name, Rational[] args)
    {
        BigInteger result = name == "gcd" ? BigInteger.Zero : BigInteger.One;
        foreach (Rational arg in args)
        {
            if (!arg.IsInteger)
            {
                return null;
            }

            BigInteger common = BigInteger.GreatestCommonDivisor(result, arg.Numerator);
            result = name == "gcd" ? common : common.IsZero ? BigInteger.Zero : BigInteger.Abs(result / common * arg.Numerator);
        }

        return new Rational(result);
    }
}
