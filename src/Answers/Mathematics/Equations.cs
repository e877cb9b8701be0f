namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Compares equations and inequalities by what satisfies them.</summary>
internal sealed class Equations(Work work)
{
    /// <summary>Whether two chains of equations have the same solutions.</summary>
    public EqualityVerdict Compare(Node a, Node b)
    {
        (Node left, Node right) = (Node.Difference(a.Args[0], a.Args[^1]), Node.Difference(b.Args[0], b.Args[^1]));
        SortedSet<string> letters = Letters(left);
        if (!letters.SetEquals(Letters(right)))
        {
            return EqualityVerdict.Different("equations in other letters");
        }

        if (letters.Count == 0)
        {
            return Ends(a, b);
        }

        if (Proportional(left, right) is { } factor)
        {
            return factor == 0
                ? EqualityVerdict.Undecided("an equation that cannot be told")
                : EqualityVerdict.Equal("one equation is a multiple of the other");
        }

        if (letters.Count == 1 && Solver.Solve(First(a), letters.Min!, work) is { } one && Solver.Solve(First(b), letters.Min!, work) is { } other)
        {
            if (!one.Same(other, work))
            {
                return EqualityVerdict.Different("other solutions");
            }

            return one.IsEmpty ? EqualityVerdict.Undecided("equations without a real solution") : EqualityVerdict.Equal("the same solutions");
        }

        return EqualityVerdict.Undecided("equations that are no multiples of each other");
    }

    /// <summary>Whether two inequalities in several letters say the same.</summary>
    public EqualityVerdict Inequalities(Node a, Node b)
    {
        if (Letters(a).Count == 0 || Letters(b).Count == 0)
        {
            return a.Name == b.Name ? Ends(a, b) : EqualityVerdict.Undecided("relations between numbers");
        }

        List<(Node Positive, bool Strict)> left = [.. Parts(a)];
        List<(Node Positive, bool Strict)> right = [.. Parts(b)];
        if (left.Count != right.Count)
        {
            return EqualityVerdict.Undecided("inequalities of different lengths");
        }

        foreach ((Node positive, bool strict) in left)
        {
            int match = right.FindIndex(part => part.Strict == strict && Proportional(positive, part.Positive) is 1);
            if (match < 0)
            {
                return EqualityVerdict.Undecided("inequalities that are no multiples of each other");
            }

            right.RemoveAt(match);
        }

        return EqualityVerdict.Equal("the same inequalities");
    }

    /// <summary>Relations between numbers are true or false: they are compared by what they say, side by side.</summary>
    private EqualityVerdict Ends(Node a, Node b) =>
        a.Args.Length == b.Args.Length && a.Args.Zip(b.Args).All(sides => Scalars.Same(sides.First, sides.Second, work))
            ? EqualityVerdict.Equal("the same sides")
            : EqualityVerdict.Undecided("relations between numbers");

    private static Node First(Node relation) => Node.Of(NodeKind.Relation, "=", relation.Args[0], relation.Args[^1]);

    private static IEnumerable<(Node Positive, bool Strict)> Parts(Node relation)
    {
        for (int i = 0; i < relation.Name.Length; i++)
        {
            (Node left, Node right) = (relation.Args[i], relation.Args[i + 1]);
            yield return relation.Name[i] switch
            {
                '>' => (Node.Difference(left, right), true),
                '<' => (Node.Difference(right, left), true),
                '≥' => (Node.Difference(left, right), false),
                '≤' => (Node.Difference(right, left), false),
                _ => throw new UndecidedException("a relation that cannot be compared"),
            };
        }
    }

    /// <summary>The sign of the constant that makes the first formula of the second; null where there is none, zero where it cannot be told.</summary>
    private int? Proportional(Node a, Node b)
    {
        List<string> names = [];
        if (RationalFunction.Of(a, names, work) is { } left && RationalFunction.Of(b, names, work) is { } right)
        {
            // Divisors count for the sign alone where they are constant.
            return left.Over.Factor(right.Over) is not { } factor ? null
                : left.Under.IsConstant && right.Under.IsConstant ? factor.Sign * left.Under.Terms[0].Sign * right.Under.Terms[0].Sign
                : factor.Sign;
        }

        // Other functions: the quotient at one point must be the quotient everywhere.
        Node At(Node node)
        {
            int next = 3;
            foreach (string letter in Letters(a))
            {
                node = Analysis.Substitute(node, letter, Node.Number(Rational.Of(next += 4, 5)));
            }

            return node;
        }

        try
        {
            Node quotient = Node.Quotient(At(a), At(b));
            return Scalars.Same(a, Node.Product(quotient, b), work) ? Order.Compare(quotient, Node.Zero, work) : null;
        }
        catch (UndecidedException)
        {
            return null;
        }
    }

    private static SortedSet<string> Letters(Node node)
    {
        SortedSet<string> letters = new(StringComparer.Ordinal);
        Collect(node);
        return letters;

        void Collect(Node inner)
        {
            if (inner.Kind == NodeKind.Symbol && inner.Name is not ("pi" or "e" or "i"))
            {
                letters.Add(inner.Name);
            }

            foreach (Node arg in inner.Args)
            {
                Collect(arg);
            }
        }
    }
}
