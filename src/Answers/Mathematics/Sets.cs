namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Reads what stands for a set of real numbers: intervals, unions, inequalities, set-builders, finite sets.</summary>
internal sealed class Sets(Work work)
{
    private const int MostWhole = 200;

    /// <summary>The letter that the conditions are about; null where there is none.</summary>
    public string? Letter { get; private set; }

    /// <summary>The set; null where the node stands for none that can be worked out.</summary>
    public RealSet? Of(Node node)
    {
        work.Spend(10);
        switch (node.Kind)
        {
            case NodeKind.Symbol:
                return node.Name switch { "mathbb.R" => RealSet.All, "∅" => RealSet.Empty, _ => null };
            case NodeKind.Tuple when node.Args.Length == 2 && node.Name is not "⟨⟩":
                return Interval(node);
            case NodeKind.Set:
                return node.Args.Aggregate((RealSet?)RealSet.Empty, (set, value) => IsConstant(value) ? set?.Union(RealSet.Point(value), work) : null);
            case NodeKind.Call when node.Name is "∪" or "∩" or "∖":
                return Of(node.Args[0]) is { } left && Of(node.Args[1]) is { } right
                    ? node.Name switch { "∪" => left.Union(right, work), "∩" => left.Intersection(right, work), _ => left.Without(right, work) }
                    : null;
            case NodeKind.Sum when node.Args is [{ } whole, { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number } sign, { } part] }]
                && sign.Value == -Rational.One && IsSet(whole):
                return Of(whole) is { } from && Of(part) is { } taken ? from.Without(taken, work) : null;
            case NodeKind.Relation:
                return Relation(node);
            case NodeKind.Builder:
                return Builder(node);
            case NodeKind.List when node.Args.All(IsCondition):
                return Conditions(node);
            default:
                return null;
        }
    }

    /// <summary>Whether a node is an inequality or a membership, and no equation.</summary>
    public static bool IsCondition(Node node) => node.Kind == NodeKind.Relation && node.Name.Any(sign => sign != '=');

    /// <summary>Whether a node can only stand for a set of numbers, not for a point.</summary>
    public static bool IsSet(Node node) => node switch
    {
        { Kind: NodeKind.Tuple } => node.Name != "()" || (node.Args.Length == 2 && node.Args.Any(arg => arg.Any(inner => inner.IsSymbol("infinity")))),
        { Kind: NodeKind.Builder } or { Kind: NodeKind.Symbol, Name: "mathbb.R" or "∅" } => true,
        { Kind: NodeKind.Call, Name: "∪" or "∩" or "∖" } => true,
        { Kind: NodeKind.Sum, Args: [{ Kind: NodeKind.Symbol, Name: "mathbb.R" }, _] } => true,
        { Kind: NodeKind.List } => node.Args.Length > 0 && node.Args.All(IsCondition),
        _ => IsCondition(node),
    };

    private static bool IsConstant(Node node) =>
        !node.Any(inner => inner.Kind is NodeKind.Tuple or NodeKind.Text or NodeKind.Relation or NodeKind.Set or NodeKind.Matrix
        || (inner.Kind == NodeKind.Symbol && inner.Name is not ("pi" or "e")));

    private RealSet? Interval(Node node)
    {
        (Node low, Node high) = (node.Args[0], node.Args[1]);
        bool fromInfinity = IsInfinite(low, negative: true);
        bool toInfinity = IsInfinite(high, negative: false);
        if (!fromInfinity && !toInfinity && IsConstant(low) && IsConstant(high) && Order.Compare(low, high, work) > 0)
        {
            // Ends that fall make no interval: a pair in square brackets.
            return null;
        }

        return (fromInfinity || IsConstant(low)) && (toInfinity || IsConstant(high))
            ? RealSet.Interval(fromInfinity ? null : low, toInfinity ? null : high, node.Name[0] == '[', node.Name[1] == ']', work)
            : null;
    }

    private static bool IsInfinite(Node node, bool negative) => negative
        ? node is { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number, Value.Sign: < 0 }, { Kind: NodeKind.Symbol, Name: "infinity" }] }
        : node.IsSymbol("infinity");

    private RealSet? Relation(Node node)
    {
        if (node.Name is "∈" or "∉")
        {
            return node.Args[0] is { Kind: NodeKind.Symbol } element && Takes(element.Name) && Of(node.Args[1]) is { } set
                ? node.Name == "∈" ? set : RealSet.All.Without(set, work)
                : null;
        }

        SortedSet<string> letters = new(StringComparer.Ordinal);
        Collect(node, letters);
        return letters.Count == 1 && Takes(letters.Min!) ? Solver.Solve(node, letters.Min!, work) : null;
    }

    private static void Collect(Node node, SortedSet<string> letters)
    {
        if (node.Kind == NodeKind.Symbol && node.Name is not ("pi" or "e" or "infinity"))
        {
            letters.Add(node.Name);
        }

        foreach (Node arg in node.Args)
        {
            Collect(arg, letters);
        }
    }

    private bool Takes(string letter)
    {
        bool same = Letter is null || Letter == letter;
        Letter ??= letter;
        return same;
    }

    private RealSet? Builder(Node node)
    {
        (Node collected, Node condition) = (node.Args[0], node.Args[1]);
        RealSet? domain = RealSet.All;
        if (collected is { Kind: NodeKind.Relation, Name: "∈", Args: [{ Kind: NodeKind.Symbol } element, _] })
        {
            if (collected.Args[1] is { Kind: NodeKind.Symbol, Name: "mathbb.Z" or "mathbb.N" } whole)
            {
                return Solved(condition, element.Name) is { } real ? Whole(real, natural: whole.Name == "mathbb.N") : null;
            }

            domain = Of(collected.Args[1]);
            collected = element;
        }

        if (collected.Kind != NodeKind.Symbol)
        {
            return null;
        }

        return domain is not null && Solved(condition, collected.Name) is { } set ? set.Intersection(domain, work) : null;
    }

    private RealSet? Solved(Node condition, string letter)
    {
        Sets inner = new(work);
        RealSet? set = inner.Of(condition) ?? (condition is { Kind: NodeKind.Relation, Name: "=" } ? Solver.Solve(condition, letter, work) : null);
        return inner.Letter is null || inner.Letter == letter ? set : null;
    }

    /// <summary>The whole numbers of a bounded set; null where it has no bounds or too many of them.</summary>
    private RealSet? Whole(RealSet set, bool natural)
    {
        if (set.Edges.Length == 0 || set.InGap[^1] || (set.InGap[0] && !natural))
        {
            return null;
        }

        System.Numerics.BigInteger low = natural ? 1 : Order.Near(set.Edges[0], work).Floor() - 1;
        System.Numerics.BigInteger high = Order.Near(set.Edges[^1], work).Floor() + 1;
        if (high - low > MostWhole)
        {
            return null;
        }

        RealSet whole = RealSet.Empty;
        for (System.Numerics.BigInteger n = low; n <= high; n++)
        {
            RealSet point = RealSet.Point(Node.Number(new Rational(n)));
            whole = set.Intersection(point, work).IsEmpty ? whole : whole.Union(point, work);
        }

        return whole;
    }

    private RealSet? Conditions(Node node)
    {
        RealSet? both = RealSet.All;
        RealSet? either = RealSet.Empty;
        foreach (Node condition in node.Args)
        {
            RealSet? set = Of(condition);
            both = set is null ? null : both?.Intersection(set, work);
            either = set is null ? null : either?.Union(set, work);
        }

        // A comma leaves it open: two rays that do not meet are alternatives.
        return node.Name == "or" || (node.Name == "," && both is { IsEmpty: true }) ? either : both;
    }
}
