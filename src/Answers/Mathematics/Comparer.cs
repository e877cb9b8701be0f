namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Compares two answers that were read, by their kinds.</summary>
internal sealed partial class Comparer(Work work)
{
    private const int MostItems = 300;

    private const int Deepest = 12;

    private int _depth;

    /// <summary>Whether the answer is the same as the reference.</summary>
    public EqualityVerdict Compare(Node reference, Node answer)
    {
        if (++_depth > Deepest)
        {
            throw new UndecidedException("lists too deep");
        }

        EqualityVerdict verdict = ByKind(reference, answer);
        _depth--;
        return verdict;
    }

    private EqualityVerdict ByKind(Node a, Node b)
    {
        work.Spend(20);
        (a, b) = (Bare(a, b), Bare(b, a));
        (a, b) = (Matrices.Holds(b) ? Rows(a) : a, Matrices.Holds(a) ? Rows(b) : b);
        if (Assigned(a, b) is { } assigned)
        {
            return assigned;
        }

        if (a.Kind == NodeKind.Text || b.Kind == NodeKind.Text)
        {
            return a.Kind == b.Kind && a.Name == b.Name ? EqualityVerdict.Equal("the same words") : EqualityVerdict.Different("different words");
        }

        if (a.Kind == NodeKind.Numeral || b.Kind == NodeKind.Numeral)
        {
            return Numerals(a, b);
        }

        if (a.Kind is NodeKind.Clock or NodeKind.Ratio || b.Kind is NodeKind.Clock or NodeKind.Ratio)
        {
            return Ratios(a, b);
        }

        if (a.Kind == NodeKind.Congruence || b.Kind == NodeKind.Congruence)
        {
            return a.Kind == b.Kind ? Congruences(a, b) : EqualityVerdict.Different("a congruence and something else");
        }

        if (Sets.IsSet(a) || Sets.IsSet(b) || (a.Kind == NodeKind.Set && b.Kind == NodeKind.Tuple))
        {
            return RealSets(a, b);
        }

        if (IsEquation(a) || IsEquation(b))
        {
            return EqualityVerdict.Different("an equation and a value");
        }

        return Collections(a, b) ?? Vectors(a, b) ?? Quantities.Compare(a, b, work);
    }

    private static bool IsEquation(Node node) => node.Kind == NodeKind.Relation && node.Name.All(sign => sign == '=');

    /// <summary>Equations, assignments, and lists of assignments; null where neither side has a name that matters.</summary>
    private EqualityVerdict? Assigned(Node a, Node b)
    {
        if (Shape.Named(a) is { } named && Shape.Named(b) is { } others)
        {
            return named.Keys.SequenceEqual(others.Keys, StringComparer.Ordinal)
                ? Ordered([.. named.Values], [.. others.Values])
                : EqualityVerdict.Different("other names");
        }

        if (Shape.Named(a) is { Count: > 1 } left && b.Kind is NodeKind.Tuple or NodeKind.List or NodeKind.Matrix)
        {
            return Elements(b) is { } elements ? Ordered([.. left.Values], elements) : null;
        }

        if (Shape.Named(b) is { Count: > 1 } right && a.Kind is NodeKind.Tuple or NodeKind.List or NodeKind.Matrix)
        {
            return Elements(a) is { } elements ? Ordered(elements, [.. right.Values]) : null;
        }

        if (IsEquation(a) && IsEquation(b))
        {
            if (Shape.Assignment(a) is { } first && Shape.Assignment(b) is { } second && first.Name == second.Name)
            {
                EqualityVerdict verdict = Compare(first.Value, second.Value);
                return verdict.Equality == Equality.Equal ? verdict : Fallback(verdict, new Equations(work).Compare(a, b));
            }

            return new Equations(work).Compare(a, b);
        }

        if ((IsEquation(a) && Shape.Assignment(a) is null && Alternatives(b)) || (IsEquation(b) && Shape.Assignment(b) is null && Alternatives(a)))
        {
            return Solutions(a, b);
        }

        if (IsEquation(a) && Value(a) is { } value)
        {
            return b.Kind is NodeKind.List && b.Args.Length > 1 && b.Args.All(IsEquation)
                ? EqualityVerdict.Different("one value and several")
                : Compare(value, b);
        }

        return IsEquation(b) && Value(b) is { } other ? Compare(a, other) : null;
    }

    /// <summary>Whether a list gives the values of one letter: x=2 or x=3.</summary>
    private static bool Alternatives(Node list) => list is { Kind: NodeKind.List } && !ReferenceEquals(Values(list), list.Args);

    /// <summary>An equation beside the list of its solutions.</summary>
    private EqualityVerdict Solutions(Node a, Node b)
    {
        (Node equation, Node list) = IsEquation(a) ? (a, b) : (b, a);
        string letter = Shape.Assignment(list.Args[0])!.Value.Name;
        RealSet? values = Values(list).Aggregate((RealSet?)RealSet.Empty, (set, value) => set?.Union(RealSet.Point(value), work));
        bool single = !equation.Any(inner => inner.Kind == NodeKind.Symbol && inner.Name != letter && inner.Name is not ("pi" or "e"));
        return single && values is not null && Solver.Solve(equation, letter, work) is { } solutions
            ? solutions.Same(values, work) ? EqualityVerdict.Equal("the solutions of the equation") : EqualityVerdict.Different("other solutions")
            : EqualityVerdict.Undecided("an equation that cannot be solved");
    }

    private static EqualityVerdict Fallback(EqualityVerdict first, EqualityVerdict second) => second.Equality == Equality.Equal ? second : first;

    /// <summary>What an assignment or a chain of equal constants gives; null for other equations.</summary>
    private Node? Value(Node equation)
    {
        if (Shape.Assignment(equation) is { } assignment)
        {
            return assignment.Value;
        }

        if (equation.Args[0].Kind == NodeKind.Tuple && Shape.Named(equation) is not null)
        {
            return equation.Args[1];
        }

        bool constant = !equation.Any(inner => inner.Kind == NodeKind.Symbol && inner.Name is not ("pi" or "e" or "i"));
        return constant && equation.Args.Skip(1).All(side => Scalars.Same(equation.Args[0], side, work)) ? equation.Args[^1] : null;
    }

    private EqualityVerdict RealSets(Node a, Node b)
    {
        if (a.Alike(b))
        {
            return EqualityVerdict.Equal("the same set");
        }

        if (a.Kind == NodeKind.Tuple && b.Kind == NodeKind.Tuple && a.Name != b.Name)
        {
            return EqualityVerdict.Different("other brackets");
        }

        (Sets left, Sets right) = (new(work), new(work));
        if (left.Of(a) is { } one && right.Of(b) is { } other)
        {
            if (left.Letter is not null && right.Letter is not null && left.Letter != right.Letter)
            {
                return EqualityVerdict.Different("inequalities in other letters");
            }

            return one.Same(other, work) ? EqualityVerdict.Equal("the same set of real numbers") : EqualityVerdict.Different("different sets of real numbers");
        }

        if (a.Kind == NodeKind.Tuple && b.Kind == NodeKind.Tuple)
        {
            return Ordered(a.Args, b.Args);
        }

        if (Sets.IsCondition(a) && Sets.IsCondition(b))
        {
            return a.Name.IndexOfAny(['∈', '∉', '≠']) < 0 && b.Name.IndexOfAny(['∈', '∉', '≠']) < 0 ? new Equations(work).Inequalities(a, b) : Parts(a, b);
        }

        return a.Kind == b.Kind && a.Args.Length > 0 && a.Kind != NodeKind.Symbol ? Parts(a, b)
            : Sets.IsSet(a) != Sets.IsSet(b) ? EqualityVerdict.Different("a set and something else")
            : EqualityVerdict.Undecided("sets that cannot be worked out");
    }

    /// <summary>x in S, beside a set, is the set.</summary>
    private static Node Bare(Node node, Node other) =>
        node is { Kind: NodeKind.Relation, Name: "∈", Args: [{ Kind: NodeKind.Symbol }, _] } && !Sets.IsCondition(other) ? node.Args[1] : node;

    /// <summary>The same sign or brackets over parts that are the same.</summary>
    private EqualityVerdict Parts(Node a, Node b)
    {
        if (a.Name != b.Name || a.Args.Length != b.Args.Length)
        {
            return EqualityVerdict.Undecided("sets that cannot be worked out");
        }

        bool same = true;
        for (int i = 0; i < a.Args.Length && same; i++)
        {
            same = Compare(a.Args[i], b.Args[i]).Equality == Equality.Equal;
        }

        bool commutes = a.Kind == NodeKind.Call && a.Name is "∪" or "∩";
        same |= commutes && Compare(a.Args[0], b.Args[1]).Equality == Equality.Equal && Compare(a.Args[1], b.Args[0]).Equality == Equality.Equal;
        return same ? EqualityVerdict.Equal("the same parts") : EqualityVerdict.Undecided("sets that cannot be worked out");
    }
}
