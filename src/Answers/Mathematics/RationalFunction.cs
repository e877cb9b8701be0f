namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A quotient of two polynomials; common factors are not cancelled.</summary>
internal sealed record RationalFunction(Polynomial Over, Polynomial Under)
{
    private const int LargestPower = 100;

    /// <summary>The formula in normal form; null where it holds other functions, or grows beyond the bounds.</summary>
    /// <param name="node">The formula.</param>
    /// <param name="letters">The letters by their number; new ones are added. Pi and i are letters, whose squares are not rational or minus one.</param>
    /// <param name="work">What may be spent.</param>
    /// <exception cref="UndefinedException">A divisor is zero.</exception>
    public static RationalFunction? Of(Node node, List<string> letters, Work work)
    {
        try
        {
            return new Reader(letters, work).Read(node);
        }
        catch (UndecidedException)
        {
            return null;
        }
    }

    /// <summary>Whether two quotients are the same, wherever both are defined.</summary>
    public bool Same(RationalFunction other, List<string> letters, Work work)
    {
        Polynomial left = Over.Times(other.Under, work);
        Polynomial right = other.Over.Times(Under, work);
        return left.Plus(right.Times(-Rational.One), work).WithUnit(letters.IndexOf("i")).IsZero;
    }

    private sealed class Reader(List<string> letters, Work work)
    {
        private static readonly RationalFunction One = new(Polynomial.One, Polynomial.One);

        public RationalFunction? Read(Node node)
        {
            work.Spend(4);
            switch (node.Kind)
            {
                case NodeKind.Number:
                    return new(Polynomial.Constant(node.Value), Polynomial.One);
                case NodeKind.Symbol:
                    return node.Name is "e" or "infinity" or "∅" ? null : new(Polynomial.Letter(Index(node.Name)), Polynomial.One);
                case NodeKind.Unit:
                    return Read(Units.Worth(node.Name));
                case NodeKind.Sum or NodeKind.Product:
                    return Combined(node);
                case NodeKind.Power:
                    return Exact.Value(node.Args[1], work) is { IsInteger: true } exponent && exponent.Numerator >= -LargestPower
                        && exponent.Numerator <= LargestPower
                        ? Raised(node.Args[0], (int)exponent.Numerator)
                        : Constant(node);
                default:
                    return Constant(node);
            }
        }

        private RationalFunction? Constant(Node node) => Exact.Value(node, work) is { } value ? new(Polynomial.Constant(value), Polynomial.One) : null;

        private RationalFunction? Combined(Node node)
        {
            RationalFunction? result = null;
            foreach (Node arg in node.Args)
            {
                if (Read(arg) is not { } next)
                {
                    return null;
                }

                result = result is null ? next : node.Kind == NodeKind.Sum ? Plus(result, next) : Times(result, next);
            }

            return result;
        }

        private RationalFunction? Raised(Node radix, int exponent)
        {
            if (Read(radix) is not { } value)
            {
                return null;
            }

            if (exponent < 0)
            {
                value = value.Over.IsZero ? throw new UndefinedException() : new(value.Under, value.Over);
            }

            if (exponent == 0 && value.Over.IsZero)
            {
                throw new UndefinedException();
            }

            RationalFunction result = One;
            for (int bit = 31 - int.LeadingZeroCount(Math.Abs(exponent)); bit >= 0; bit--)
            {
                result = Times(result, result);
                result = ((Math.Abs(exponent) >> bit) & 1) == 0 ? result : Times(result, value);
            }

            return result;
        }

        private RationalFunction Plus(RationalFunction a, RationalFunction b) => a.Under.IsConstant && b.Under.IsConstant
            ? new(Monic(a).Plus(Monic(b), work), Polynomial.One)
            : new(Reduced(a.Over.Times(b.Under, work).Plus(b.Over.Times(a.Under, work), work)), Reduced(a.Under.Times(b.Under, work)));

        private static Polynomial Monic(RationalFunction a) => a.Over.Times(Rational.One / a.Under.Terms[0]);

        private RationalFunction Times(RationalFunction a, RationalFunction b) =>
            new(Reduced(a.Over.Times(b.Over, work)), Reduced(a.Under.Times(b.Under, work)));

        private Polynomial Reduced(Polynomial polynomial)
        {
            int unit = letters.IndexOf("i");
            return unit < 0 ? polynomial : polynomial.WithUnit(unit);
        }

        private int Index(string name)
        {
            int index = letters.IndexOf(name);
            if (index >= 0)
            {
                return index;
            }

            if (letters.Count == 8)
            {
                throw new UndecidedException("too many letters");
            }

            letters.Add(name);
            return letters.Count - 1;
        }
    }
}
