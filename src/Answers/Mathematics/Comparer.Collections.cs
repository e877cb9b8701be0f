using System.Numerics;

namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Comparer
{
    /// <summary>Lists, sets and tuples; null where neither side is one.</summary>
    private EqualityVerdict? Collections(Node a, Node b)
    {
        bool left = a.Kind is NodeKind.List or NodeKind.Set or NodeKind.Tuple;
        bool right = b.Kind is NodeKind.List or NodeKind.Set or NodeKind.Tuple;
        if (!left && !right)
        {
            return null;
        }

        if (a.Kind == NodeKind.Matrix || b.Kind == NodeKind.Matrix || (left != right && Matrices.Holds(left ? b : a)))
        {
            return Elements(Matrices.Reduce(a)) is { } first && Elements(Matrices.Reduce(b)) is { } second
                ? Ordered(first, second)
                : EqualityVerdict.Different("a matrix and something else");
        }

        if (left != right)
        {
            Node one = left ? a : b;
            Node value = left ? b : a;
            if (one.Kind == NodeKind.Tuple && UnitVector(value) is { } vector)
            {
                return left ? Ordered(a.Args, vector) : Ordered(vector, b.Args);
            }

            return one.Kind != NodeKind.Tuple && one.Args.Length == 1
                ? (left ? Compare(one.Args[0], value) : Compare(value, one.Args[0]))
                : EqualityVerdict.Different("one value and several");
        }

        if (a.Kind == NodeKind.Tuple || b.Kind == NodeKind.Tuple)
        {
            return a.Kind == NodeKind.Set || b.Kind == NodeKind.Set ? EqualityVerdict.Different("a set and a tuple") : Ordered(a.Args, b.Args);
        }

        (Node[] items, Node[] others) = (Values(a), Values(b));
        return a.Kind == NodeKind.Set || b.Kind == NodeKind.Set ? Both(Covered(items, others), Covered(others, items)) : Unordered(items, others);
    }

    /// <summary>The values of a list whose items all name one letter, as x=2 or x=7 does; else the items.</summary>
    private static Node[] Values(Node list)
    {
        string? name = null;
        List<Node> values = [];
        foreach (Node item in list.Args)
        {
            if (Shape.Assignment(item) is not { } assignment || (name is not null && name != assignment.Name))
            {
                return list.Args;
            }

            name = assignment.Name;
            values.Add(assignment.Value);
        }

        return [.. values];
    }

    private EqualityVerdict Ordered(Node[] a, Node[] b)
    {
        if (a.Length != b.Length)
        {
            return EqualityVerdict.Different("other numbers of components");
        }

        EqualityVerdict result = EqualityVerdict.Equal("the same components in order");
        for (int i = 0; i < a.Length; i++)
        {
            EqualityVerdict verdict = Compare(a[i], b[i]);
            if (verdict.Equality == Equality.Different)
            {
                return verdict;
            }

            result = verdict.Equality == Equality.Undecided ? verdict : result;
        }

        return result;
    }

    private EqualityVerdict Unordered(Node[] a, Node[] b)
    {
        if (a.Length != b.Length)
        {
            return EqualityVerdict.Different("other numbers of items");
        }

        Limit(a, b);
        bool undecided = false;
        List<Node> rest = [.. b];
        foreach (Node item in a)
        {
            int match = -1;
            for (int i = 0; i < rest.Count && match < 0; i++)
            {
                Equality equality = Compare(item, rest[i]).Equality;
                match = equality == Equality.Equal ? i : -1;
                undecided |= equality == Equality.Undecided;
            }

            if (match < 0)
            {
                return undecided
                    ? EqualityVerdict.Undecided("an item that cannot be told")
                    : EqualityVerdict.Different("an item that is not in the other list");
            }

            rest.RemoveAt(match);
        }

        return EqualityVerdict.Equal("the same items");
    }

    private EqualityVerdict Covered(Node[] items, Node[] others)
    {
        Limit(items, others);
        foreach (Node item in items)
        {
            bool undecided = false;
            bool found = false;
            for (int i = 0; i < others.Length && !found; i++)
            {
                Equality equality = Compare(item, others[i]).Equality;
                found = equality == Equality.Equal;
                undecided |= equality == Equality.Undecided;
            }

            if (!found)
            {
                return undecided
                    ? EqualityVerdict.Undecided("an element that cannot be told")
                    : EqualityVerdict.Different("an element that is not in the other set");
            }
        }

        return EqualityVerdict.Equal("the same elements");
    }

    private static void Limit(Node[] a, Node[] b)
    {
        if (a.Length > MostItems || b.Length > MostItems)
        {
            throw new UndecidedException("too many items");
        }
    }

    private static EqualityVerdict Both(EqualityVerdict a, EqualityVerdict b) =>
        a.Equality == Equality.Different ? a : b.Equality == Equality.Different ? b : a.Equality == Equality.Undecided ? a : b;

    /// <summary>Rows in square brackets, [[1,2],[3,4]], as a matrix.</summary>
    private static Node Rows(Node node) =>
        node is { Kind: NodeKind.Tuple, Name: "[]" }
            && Array.TrueForAll(node.Args, row => row is { Kind: NodeKind.Tuple, Name: "[]" } && row.Args.Length == node.Args[0].Args.Length)
            ? Node.Matrix("", node.Args.Length, [.. node.Args.SelectMany(row => row.Args)])
            : node;

    /// <summary>The components of a tuple, a bare list or a column; null for anything else.</summary>
    private static Node[]? Elements(Node node) => node.Kind switch
    {
        NodeKind.Tuple or NodeKind.List => node.Args,
        NodeKind.Matrix => node.Rows == node.Args.Length ? node.Args : null,
        _ => null,
    };

    /// <summary>Matrices, and sums of unit vectors; null where neither side holds one.</summary>
    private EqualityVerdict? Vectors(Node a, Node b)
    {
        if (!Matrices.Holds(a) && !Matrices.Holds(b))
        {
            return null;
        }

        (a, b) = (Matrices.Reduce(a), Matrices.Reduce(b));
        if (a.Kind != NodeKind.Matrix && b.Kind != NodeKind.Matrix)
        {
            return Compare(a, b);
        }

        if (a.Kind != b.Kind)
        {
            bool left = a.Kind == NodeKind.Matrix;
            return UnitVector(left ? b : a) is { } vector && Elements(left ? a : b) is { } column
                ? Ordered(column, vector)
                : EqualityVerdict.Different("a matrix and a value");
        }

        return a.Rows == b.Rows ? Ordered(a.Args, b.Args) : EqualityVerdict.Different("other sizes");
    }

    /// <summary>The components of a sum of unit vectors; null where a formula holds none.</summary>
    private static Node[]? UnitVector(Node node)
    {
        if (!node.Any(inner => inner.Kind == NodeKind.Symbol && inner.Name.StartsWith("vec.", StringComparison.Ordinal)))
        {
            return null;
        }

        string[] names = node.Any(inner => inner.IsSymbol("vec.k")) ? ["vec.i", "vec.j", "vec.k"] : ["vec.i", "vec.j"];
        return [.. names.Select(name =>
            node.Map(inner =>
                inner.Kind == NodeKind.Symbol && inner.Name.StartsWith("vec.", StringComparison.Ordinal)
                    ? (inner.Name == name ? Node.One : Node.Zero)
                    : inner))];
    }

    private EqualityVerdict Numerals(Node a, Node b)
    {
        if (a.Kind == b.Kind)
        {
            return Value(a) == Value(b) ? EqualityVerdict.Equal("the same value in their bases") : EqualityVerdict.Different("different values in their bases");
        }

        (Node based, Node bare) = a.Kind == NodeKind.Numeral ? (a, b) : (b, a);
        return bare is { Kind: NodeKind.Number, Value.IsInteger: true } && bare.Value.ToString() == based.Name.TrimStart('0')
            ? EqualityVerdict.Equal("the same digits")
            : EqualityVerdict.Different("other digits");

        static BigInteger Value(Node numeral)
        {
            BigInteger value = BigInteger.Zero;
            foreach (char c in numeral.Name)
            {
                value = (value * numeral.Value.Numerator) + (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10);
            }

            return value;
        }
    }

    private EqualityVerdict Ratios(Node a, Node b)
    {
        if (a.Kind == NodeKind.Clock && b.Kind == NodeKind.Clock)
        {
            return Clocks(a, b) ? EqualityVerdict.Equal("the same time") : EqualityVerdict.Different("different times");
        }

        if (Parts(a) is not { } left || Parts(b) is not { } right || left.Length != right.Length)
        {
            return EqualityVerdict.Different("a ratio and something else");
        }

        bool same = true;
        for (int i = 1; i < left.Length && same; i++)
        {
            same = Scalars.Same(Node.Product(left[0], right[i]), Node.Product(right[0], left[i]), work);
        }

        return same ? EqualityVerdict.Equal("the same ratio") : EqualityVerdict.Different("different ratios");

        static Node[]? Parts(Node node) => node.Kind == NodeKind.Ratio ? node.Args
            : node is { Kind: NodeKind.Clock, Name: "", Value.IsInteger: true } && node.Value.Numerator % 60 >= 10
                ? [Node.Number(new Rational(node.Value.Numerator / 60)), Node.Number(new Rational(node.Value.Numerator % 60))]
                : null;
    }

    /// <summary>The same time of day; a half of the day may be missing on one side.</summary>
    private static bool Clocks(Node a, Node b)
    {
        Rational noon = new(720);
        Rational Minutes(Node clock) => clock.Name switch
        {
            "pm" when clock.Value.CompareTo(noon) < 0 => clock.Value + noon,
            "am" when clock.Value.CompareTo(noon) >= 0 => clock.Value - noon,
            _ => clock.Value,
        };
        return Minutes(a) == Minutes(b) || ((a.Name.Length == 0) != (b.Name.Length == 0) && a.Value == b.Value);
    }

    private EqualityVerdict Congruences(Node a, Node b)
    {
        if (!Scalars.Same(a.Args[2], b.Args[2], work) || Exact.Value(a.Args[2], work) is not { IsZero: false } modulus
            || !Scalars.Same(a.Args[0], b.Args[0], work))
        {
            return EqualityVerdict.Different("another modulus or letter");
        }

        return Exact.Value(a.Args[1], work) is { } left && Exact.Value(b.Args[1], work) is { } right && ((left - right) / modulus).IsInteger
            ? EqualityVerdict.Equal("the same residue class")
            : Scalars.Same(a.Args[1], b.Args[1], work) ? EqualityVerdict.Equal("the same residue") : EqualityVerdict.Different("other residues");
    }
}
