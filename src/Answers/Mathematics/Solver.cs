namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The set of real numbers that make a relation in one letter true.</summary>
internal static class Solver
{
    /// <summary>The solutions of a chain of relations; null where the edges cannot be found.</summary>
    public static RealSet? Solve(Node relation, string letter, Work work)
    {
        RealSet solutions = RealSet.All;
        for (int i = 0; i < relation.Name.Length; i++)
        {
            if (Solve(relation.Args[i], relation.Name[i], relation.Args[i + 1], letter, work) is not { } part)
            {
                return null;
            }

            solutions = solutions.Intersection(part, work);
        }

        return solutions;
    }

    private static RealSet? Solve(Node left, char sign, Node right, string letter, Work work)
    {
        if (left.IsSymbol("infinity") || right.IsSymbol("infinity") || IsMinusInfinity(left) || IsMinusInfinity(right))
        {
            return RealSet.All;
        }

        Node difference = Node.Difference(left, right);
        if (new Roots(letter, work).Of(difference) is not { } places)
        {
            return null;
        }

        List<Node> edges = Sorted(places, work);
        bool[] at = [.. edges.Select(edge => Holds(difference, sign, letter, edge, work))];
        bool[] gaps = new bool[edges.Count + 1];
        for (int i = 0; i <= edges.Count; i++)
        {
            Rational? low = i == 0 ? null : Order.Near(edges[i - 1], work);
            Rational? high = i == edges.Count ? null : Order.Near(edges[i], work);
            Rational between = low is { } a && high is { } b ? (a + b) * Rational.Of(1, 2)
                : low is { } only ? only + Rational.One
                : high is { } last ? last - Rational.One
                : Rational.Of(1, 3);
            gaps[i] = Holds(difference, sign, letter, Node.Number(between), work);
        }

        return new RealSet([.. edges], at, gaps);
    }

    private static bool IsMinusInfinity(Node node) =>
        node is { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number }, { Kind: NodeKind.Symbol, Name: "infinity" }] };

    private static List<Node> Sorted(List<Node> places, Work work)
    {
        List<Node> sorted = [];
        foreach (Node place in places)
        {
            int at = 0;
            int order = 1;
            try
            {
                while (at < sorted.Count && (order = Order.Compare(place, sorted[at], work)) > 0)
                {
                    at++;
                }
            }
            catch (UndecidedException) when (!IsReal(place, work))
            {
                // A place that the formulas give but that is no real number.
                continue;
            }

            if ((at == sorted.Count || order != 0) && IsReal(place, work))
            {
                sorted.Insert(at, place);
            }
        }

        return sorted;
    }

    private static bool IsReal(Node place, Work work)
    {
        try
        {
            ComplexBall value = new Evaluator(new BallMath(128, work), [], realOnly: true).Value(place);
            return value.IsReal;
        }
        catch (UndefinedException)
        {
            return false;
        }
    }

    private static bool Holds(Node difference, char sign, string letter, Node value, Work work)
    {
        Node at = Analysis.Substitute(difference, letter, value);
        int order;
        try
        {
            if (new Evaluator(new BallMath(256, work), [], realOnly: true).Value(at) is not { IsReal: true } real)
            {
                return false;
            }

            order = real.Re.IsPositive
                ? 1
                : real.Re.IsNegative ? -1 : real.Re.Magnitude < -100 || Exact.Value(at, work) is { IsZero: true } ? 0 : Order.Compare(at, Node.Zero, work);
        }
        catch (UndefinedException)
        {
            return false;
        }

        return sign switch
        {
            '=' => order == 0,
            '≠' => order != 0,
            '<' => order < 0,
            '>' => order > 0,
            '≤' => order <= 0,
            '≥' => order >= 0,
            _ => throw new UndecidedException("a relation that is not known"),
        };
    }
}
