using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>
/// The value of a rational formula modulo a prime, at a point drawn from the letters' names. Different values prove that the formulas differ;
/// equal values at several points agree by chance with a probability of about the degree over 2^62 each.
/// </summary>
internal sealed class FieldPoint(int seed, Work work)
{
    private const long LargestFactorial = 1_000_000;

    // Primes of the form 4k + 1, each with a square root of minus one, which stands for the imaginary unit.
    private static readonly (ulong Prime, ulong Unit)[] Fields = [(4611686018427387817, 4490822397581186023), (4611686018427387761, 3481184452870754207)];

    private readonly ulong _prime = Fields[seed % 2].Prime;

    private readonly ulong _unit = Fields[seed % 2].Unit;

    /// <summary>The value; null where the formula holds more than sums, products and whole powers.</summary>
    /// <exception cref="UndefinedException">A divisor is zero at this point.</exception>
    public ulong? Value(Node node)
    {
        work.Spend(4);
        switch (node.Kind)
        {
            case NodeKind.Number:
                ulong over = Reduced(node.Value.Numerator);
                return node.Value.IsInteger ? over : Times(over, Inverse(Reduced(node.Value.Denominator)));
            case NodeKind.Symbol:
                return node.Name is "e" or "infinity" or "∅" ? null : node.Name == "i" ? _unit : Drawn(node.Name);
            case NodeKind.Unit:
                return Value(Units.Worth(node.Name));
            case NodeKind.Sum or NodeKind.Product:
                ulong result = node.Kind == NodeKind.Sum ? 0UL : 1UL;
                foreach (Node arg in node.Args)
                {
                    if (Value(arg) is not { } value)
                    {
                        return null;
                    }

                    result = node.Kind == NodeKind.Sum ? (result + value) % _prime : Times(result, value);
                }

                return result;
            case NodeKind.Power:
                return Power(node);
            case NodeKind.Call when node.Name == "factorial" && Exact.Value(node.Args[0], work) is { IsInteger: true, Sign: >= 0 } n
                && n.Numerator <= LargestFactorial:
                work.Spend((long)n.Numerator * 2);
                ulong factorial = 1;
                for (ulong k = 2; k <= n.Numerator; k++)
                {
                    factorial = Times(factorial, k);
                }

                return factorial;
            default:
                return Exact.Value(node, work) is { } exact ? Times(Reduced(exact.Numerator), Inverse(Reduced(exact.Denominator))) : null;
        }
    }

    private ulong? Power(Node node)
    {
        if (Exact.Value(node.Args[1], work) is not { } exponent)
        {
            return null;
        }

        if (!exponent.IsInteger)
        {
            return Exact.Value(node, work) is { } exact ? Times(Reduced(exact.Numerator), Inverse(Reduced(exact.Denominator))) : null;
        }

        if (Value(node.Args[0]) is not { } radix)
        {
            return null;
        }

        if (radix == 0)
        {
            return exponent.Sign > 0 ? 0UL : throw new UndefinedException();
        }

        BigInteger power = exponent.Numerator % (_prime - 1);
        return (ulong)BigInteger.ModPow(radix, power.Sign < 0 ? power + (_prime - 1) : power, _prime);
    }

    private ulong Inverse(ulong value) => value == 0 ? throw new UndefinedException() : value == 1 ? 1 : (ulong)BigInteger.ModPow(value, _prime - 2, _prime);

    private ulong Times(ulong a, ulong b) => (ulong)((UInt128)a * b % _prime);

    private ulong Reduced(BigInteger value)
    {
        work.Spend(1 + ((long)value.GetBitLength() / 64));
        BigInteger rest = value % _prime;
        return (ulong)(rest.Sign < 0 ? rest + _prime : rest);
    }

    private ulong Drawn(string name) => (Points.Hash(name, seed) % (_prime - 2)) + 1;
}
