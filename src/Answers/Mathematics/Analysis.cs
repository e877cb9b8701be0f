using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Rewrites what has a closed form: quotients of factorials, sums and integrals of polynomials.</summary>
internal static class Analysis
{
    private const int LargestShift = 60;

    private const int LongestSum = 400;

    /// <summary>The formula with closed forms in place.</summary>
    public static Node Closed(Node node, Work work) =>
        node.Any(inner => inner.Kind == NodeKind.Call && inner.Name is "factorial" or "sum" or "prod" or "integral" or "abs" or "antiderivative")
            ? node.Map(inner => Rewritten(inner, work))
            : node;

    /// <summary>The formula with a letter replaced.</summary>
    public static Node Substitute(Node node, string letter, Node value) => node.Map(inner => inner.IsSymbol(letter) ? value : inner);

    private static Node Rewritten(Node node, Work work)
    {
        work.Spend(2);
        return node switch
        {
            { Kind: NodeKind.Product } => Quotients(node, work),
            { Kind: NodeKind.Call, Name: "sum" or "prod", Args.Length: 4 } => Series(node, work) ?? node,
            { Kind: NodeKind.Call, Name: "integral", Args.Length: 4 } => Integral(node, work) ?? node,
            _ => node,
        };
    }

    /// <summary>(n+1)!/n! as n+1: pairs of factorials whose arguments differ by a whole number.</summary>
    private static Node Quotients(Node node, Work work)
    {
        List<Node> factors = [.. Flat(node)];
        for (int i = 0; i < factors.Count; i++)
        {
            for (int j = 0; j < factors.Count && i < factors.Count; j++)
            {
                if (i != j && factors[i].IsCall("factorial") && factors[j] is { Kind: NodeKind.Power } under && under.Args[0].IsCall("factorial")
                    && under.Args[1] is { Kind: NodeKind.Number } exponent && exponent.Value == -Rational.One
                    && Shift(factors[i].Args[0], under.Args[0].Args[0], work) is { } shift)
                {
                    Node larger = shift >= 0 ? factors[i].Args[0] : under.Args[0].Args[0];
                    Node[] steps = [.. Enumerable.Range(0, Math.Abs(shift)).Select(k => Node.Sum(larger, Node.Number(-k)))];
                    Node quotient = steps.Length == 0 ? Node.One : Node.Product(steps);
                    factors[i] = shift >= 0 ? quotient : Node.Power(quotient, Node.MinusOne);
                    factors.RemoveAt(j);
                    i = -1;
                    break;
                }
            }
        }

        return Node.Product([.. factors]);
    }

    private static IEnumerable<Node> Flat(Node node)
    {
        foreach (Node factor in node.Args)
        {
            if (factor.Kind == NodeKind.Product)
            {
                foreach (Node inner in Flat(factor))
                {
                    yield return inner;
                }
            }
            else if (factor is { Kind: NodeKind.Power, Args: [{ Kind: NodeKind.Product } product, { Kind: NodeKind.Number } exponent] }
                && exponent.Value == -Rational.One)
            {
                foreach (Node inner in Flat(product))
                {
                    yield return Node.Power(inner, Node.MinusOne);
                }
            }
            else
            {
                yield return factor;
            }
        }
    }

    private static int? Shift(Node a, Node b, Work work)
    {
        List<string> letters = [];
        Node difference = Node.Difference(a, b);
        Rational? shift = Exact.Value(difference, work);
        if (shift is null && RationalFunction.Of(difference, letters, work) is { Over.IsConstant: true, Under.IsConstant: true } constant)
        {
            shift = constant.Over.IsZero ? Rational.Zero : constant.Over.Terms[0] / constant.Under.Terms[0];
        }

        return shift is { IsInteger: true } whole && BigInteger.Abs(whole.Numerator) <= LargestShift ? (int)whole.Numerator : null;
    }

    /// <summary>A short sum or product written out, or the closed form of a long one over a polynomial.</summary>
    private static Node? Series(Node node, Work work)
    {
        (Node index, Node first, Node last, Node body) = (node.Args[0], node.Args[1], node.Args[2], node.Args[3]);
        if (Exact.Value(first, work) is not { IsInteger: true } low)
        {
            return null;
        }

        bool product = node.Name == "prod";
        if (Exact.Value(last, work) is { IsInteger: true } high)
        {
            BigInteger count = high.Numerator - low.Numerator + 1;
            if (count <= LongestSum)
            {
                Node[] terms =
                    [.. Enumerable.Range(0, (int)BigInteger.Max(count, 0)).Select(k => Substitute(body, index.Name, Node.Number(low + new Rational(k))))];
                return terms.Length == 0 ? (product ? Node.One : Node.Zero) : product ? Node.Product(terms) : Node.Sum(terms);
            }
        }
        else if (last.IsSymbol("infinity"))
        {
            return null;
        }

        Node length = Node.Sum(last, Node.Negative(first), Node.One);
        if (!body.Any(inner => inner.IsSymbol(index.Name)))
        {
            return product ? Node.Power(body, length) : Node.Product(body, length);
        }

        return product ? null : Newton(index.Name, low, length, body, work);
    }

    /// <summary>The sum of a polynomial by Newton's forward differences: sum of C(count, j + 1) times the j-th difference at the first index.</summary>
    private static Node? Newton(string index, Rational low, Node count, Node body, Work work)
    {
        List<string> letters = [index];
        if (RationalFunction.Of(body, letters, work) is not { Under.IsConstant: true } polynomial)
        {
            return null;
        }

        int degree = polynomial.Over.Degree(0);
        List<Node> values = [.. Enumerable.Range(0, degree + 1).Select(k => Substitute(body, index, Node.Number(low + new Rational(k))))];
        List<Node> terms = [];
        Node falling = Node.One;
        Rational factorial = Rational.One;
        for (int j = 0; j <= degree && j <= 30; j++)
        {
            falling = Node.Product(falling, Node.Sum(count, Node.Number(-j)));
            factorial *= new Rational(j + 1);
            terms.Add(Node.Product(Node.Number(Rational.One / factorial), falling, values[0]));
            for (int k = 0; k + 1 < values.Count; k++)
            {
                values[k] = Node.Difference(values[k + 1], values[k]);
            }

            values.RemoveAt(values.Count - 1);
            work.Spend(50 * (degree + 1));
        }

        return degree > 8 ? null : Node.Sum([.. terms]);
    }

    /// <summary>The integral of a polynomial between any bounds.</summary>
    private static Node? Integral(Node node, Work work)
    {
        (Node variable, Node low, Node high, Node body) = (node.Args[0], node.Args[1], node.Args[2], node.Args[3]);
        List<string> letters = [variable.Name];
        if (low.Any(inner => inner.IsSymbol("infinity")) || high.Any(inner => inner.IsSymbol("infinity"))
            || RationalFunction.Of(body, letters, work) is not { Under.IsConstant: true } polynomial || polynomial.Over.Degree(0) > 40)
        {
            return null;
        }

        List<Node> terms = [];
        Rational divisor = Rational.One / polynomial.Under.Terms[0];
        foreach ((ulong power, Rational value) in polynomial.Over.Terms.OrderBy(term => term.Key))
        {
            int degree = Polynomial.Exponent(power, 0) + 1;
            List<Node> factors = [Node.Number(value * divisor / new Rational(degree))];
            for (int letter = 1; letter < letters.Count; letter++)
            {
                int exponent = Polynomial.Exponent(power, letter);
                if (exponent > 0)
                {
                    factors.Add(Node.Power(Node.Symbol(letters[letter]), Node.Number(exponent)));
                }
            }

            factors.Add(Node.Difference(Node.Power(high, Node.Number(degree)), Node.Power(low, Node.Number(degree))));
            terms.Add(Node.Product([.. factors]));
        }

        return terms.Count == 0 ? Node.Zero : Node.Sum([.. terms]);
    }
}
