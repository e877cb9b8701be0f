namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Compares values with units: by quantity where both have one, by number or by value where one lacks it.</summary>
internal static class Quantities
{
    public static EqualityVerdict Compare(Node a, Node b, Work work)
    {
        if (a.Kind is NodeKind.Symbol or NodeKind.Number && b.Kind == a.Kind)
        {
            return a.Name == b.Name && a.Value == b.Value ? EqualityVerdict.Equal("the same sign") : EqualityVerdict.Different("different signs");
        }

        if (Nought(a) is { } one && Nought(b) is { } other && one != other)
        {
            return EqualityVerdict.Undecided("a raised nought that may be a degree sign");
        }

        if (Range(a) is { } from && Range(b) is { } to && from != to)
        {
            return EqualityVerdict.Undecided("ranges or differences");
        }

        (a, b) = (Prepared(a), Prepared(b));
        if (a.Any(IsOpen) || b.Any(IsOpen))
        {
            return a.Key() == b.Key()
                ? EqualityVerdict.Equal("the same formula")
                : EqualityVerdict.Undecided("a formula of sets or an integral without bounds");
        }

        if (a.Any(IsInfinity) || b.Any(IsInfinity))
        {
            return a.Key() == b.Key() ? EqualityVerdict.Equal("the same infinity") : Limited(a, b, work);
        }

        if (Celsius(a) is { } warm && Celsius(b) is { } cold)
        {
            return Scalars.Compare(warm, cold, work);
        }

        (bool left, bool right) = (a.Any(IsUnit), b.Any(IsUnit));
        if (left == right)
        {
            return Formulas(a, b, work);
        }

        Node with = left ? a : b;
        Node bare = left ? b : a;
        EqualityVerdict verdict = Scalars.Compare(with.Map(Dropped), bare, work);
        if (verdict.Equality == Equality.Equal)
        {
            return EqualityVerdict.Equal("the same number, one without its unit");
        }

        bool pure = !with.Any(inner => IsUnit(inner) && Units.Worth(inner.Name).Any(part => part.Kind == NodeKind.Symbol && part.Name != "pi"));
        return pure ? Scalars.Compare(a, b, work) : verdict;
    }

    /// <summary>The lower end of what may be a range: 30%-35%, 5-10; null for anything else.</summary>
    private static Rational? Range(Node node) =>
        node is { Kind: NodeKind.Sum, Args: [{ } low, { } high] } && Amount(low) is { Sign: >= 0 } from && Amount(high) is { Sign: < 0 } to
        && from.CompareTo(-to) < 0 ? from : null;

    private static Rational? Amount(Node node) => node switch
    {
        { Kind: NodeKind.Number } => node.Value,
        { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number } number, { Kind: NodeKind.Unit }] } => number.Value,
        { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number } sign, { Kind: NodeKind.Product } inner] } when Amount(inner) is { } amount =>
            sign.Value * amount,
        _ => null,
    };

    /// <summary>The number below an exponent of zero: 30^0 is written for thirty degrees as well.</summary>
    private static Rational? Nought(Node node) =>
        node is { Kind: NodeKind.Power, Args: [{ Kind: NodeKind.Number } radix, { Kind: NodeKind.Number } exponent] } && exponent.Value.IsZero
            ? radix.Value
            : null;

    /// <summary>Degrees Celsius of a temperature; null for anything else. 32 degrees Fahrenheit are 0 degrees Celsius.</summary>
    private static Node? Celsius(Node node)
    {
        if (node is not { Kind: NodeKind.Product, Args: [.. { } factors, { Kind: NodeKind.Unit, Name: "°C" or "°F" or "K" } scale] })
        {
            return node is { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number } sign, { Kind: NodeKind.Product } inner] } && sign.Value == -Rational.One
                && inner.Args.Length == 2
                && inner.Args[1].Kind == NodeKind.Unit ? Celsius(Node.Product(Node.Negative(inner.Args[0]), inner.Args[1])) : null;
        }

        Node value = Node.Product(factors);
        return scale.Name switch
        {
            "°C" => value,
            "K" => Node.Difference(value, Node.Number(Rational.Of(27315, 100))),
            _ => Node.Product(Node.Difference(value, Node.Number(32)), Node.Number(Rational.Of(5, 9))),
        };
    }

    private static EqualityVerdict Formulas(Node a, Node b, Work work)
    {
        EqualityVerdict verdict = Scalars.Compare(a, b, work);
        return verdict.Equality == Equality.Undecided && a.Key() == b.Key() ? EqualityVerdict.Equal("the same formula") : verdict;
    }

    /// <summary>An infinite limit or sum beside a value.</summary>
    private static EqualityVerdict Limited(Node a, Node b, Work work)
    {
        bool inside = a.Any(IsSeries) || b.Any(IsSeries);
        bool outside = IsInfinite(a) || IsInfinite(b);
        return inside && !outside ? Scalars.Compare(a, b, work) : EqualityVerdict.Different("infinity and something else");
    }

    private static bool IsInfinite(Node node) => IsInfinity(node) || (node.Kind is NodeKind.Sum or NodeKind.Product && node.Args.Any(IsInfinite));

    private static bool IsSeries(Node node) => node.Kind == NodeKind.Call && node.Name is "sum" or "prod" or "lim" or "lim+" or "lim-" or "integral";

    private static bool IsInfinity(Node node) => node.IsSymbol("infinity");

    /// <summary>Whether a node has no value that could be compared: a set's name, an integral without bounds.</summary>
    private static bool IsOpen(Node node) => node.IsCall("antiderivative") || IsDomain(node);

    private static bool IsDomain(Node node) => node.Kind == NodeKind.Symbol && (node.Name.StartsWith("mathbb.", StringComparison.Ordinal) || node.Name == "∅");

    private static bool IsUnit(Node node) => node.Kind == NodeKind.Unit;

    /// <summary>Units inside of functions are values (the sine of 30 degrees); bare "units" are none; functions without a rule are letters.</summary>
    private static Node Prepared(Node node) => node.Any(inner => inner.Kind is NodeKind.Unit or NodeKind.Call)
        ? node.Map(inner => inner.Kind == NodeKind.Call ? Called(inner) : inner is { Kind: NodeKind.Unit, Name: "unit" or "noun:unit" } ? Node.One : inner)
        : node;

    private static Node Called(Node call)
    {
        Node inner = call.Map(part => part.Kind == NodeKind.Unit ? Units.Worth(part.Name) : part);
        bool conjugate = inner.Name is "?overline" or "?bar" && inner.Any(part => part.IsSymbol("i"));
        return (inner.Name[0] == '?' && !conjugate) ? Node.Symbol(inner.Key()) : inner;
    }

    private static Node Dropped(Node node) => node.Kind != NodeKind.Unit ? node
        : node.Name switch { "'" => Node.Number(Rational.Of(1, 60)), "''" => Node.Number(Rational.Of(1, 3600)), _ => Node.One };
}
