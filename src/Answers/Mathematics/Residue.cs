using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The remainder of an integer that is too long to write out, such as a tower of powers.</summary>
internal static class Residue
{
    /// <summary>The remainder; null where the formula is no integer that these rules know.</summary>
    public static BigInteger? Of(Node node, long modulus, Work work)
    {
        work.Spend(10);
        if (modulus == 1)
        {
            return BigInteger.Zero;
        }

        if (node.Kind == NodeKind.Power)
        {
            return Power(node, modulus, work);
        }

        if (node.Kind is NodeKind.Sum or NodeKind.Product)
        {
            BigInteger result = node.Kind == NodeKind.Sum ? BigInteger.Zero : BigInteger.One;
            foreach (Node arg in node.Args)
            {
                if (Of(arg, modulus, work) is not { } value)
                {
                    return null;
                }

                result = Rest(node.Kind == NodeKind.Sum ? result + value : result * value, modulus);
            }

            return result;
        }

        return Exact.Value(node, work) is { IsInteger: true } exact ? Rest(exact.Numerator, modulus) : null;
    }

    private static BigInteger? Power(Node node, long modulus, Work work)
    {
        if (Of(node.Args[0], modulus, work) is not { } radix)
        {
            return null;
        }

        if (Exact.Value(node.Args[1], work) is { } exact)
        {
            return exact is { IsInteger: true, Sign: >= 0 } ? BigInteger.ModPow(radix, exact.Numerator, modulus) : null;
        }

        // Euler: beyond the logarithm of the modulus, exponents count modulo its totient.
        long totient = Totient(modulus, work);
        return IsTower(node.Args[1]) && Of(node.Args[1], totient, work) is { } exponent ? BigInteger.ModPow(radix, exponent + totient * 64, modulus) : null;
    }

    /// <summary>Whether an exponent that is too long to write out is certain to be positive and large.</summary>
    private static bool IsTower(Node node) =>
        node.Kind == NodeKind.Power && node.Args[0] is { Kind: NodeKind.Number, Value.IsInteger: true } radix && radix.Value.Numerator > 1
        && (node.Args[1].Kind == NodeKind.Number ? node.Args[1].Value.Sign > 0 : IsTower(node.Args[1]));

    private static BigInteger Rest(BigInteger value, long modulus)
    {
        BigInteger rest = value % modulus;
        return rest.Sign < 0 ? rest + modulus : rest;
    }

    private static long Totient(long n, Work work)
    {
        long totient = n;
        for (long p = 2; p * p <= n; p++)
        {
            work.Spend(1);
            if (n % p == 0)
            {
                totient -= totient / p;
                while (n % p == 0)
                {
                    n /= p;
                }
            }
        }

        return n > 1 ? totient - (totient / n) : totient;
    }
}
