namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Brings a tree into the shape that answers are compared in: both signs written out, lists flat, phrases read, assignments known.</summary>
internal static class Shape
{
    private const int MostSigns = 4;

    /// <summary>The tree with phrases read, signs written out and lists flat.</summary>
    public static Node Of(Node node)
    {
        node = node.Map(inner => inner.Kind == NodeKind.Text ? Phrases.Meaning(inner.Name) : inner);
        return Items(node);
    }

    /// <summary>What a side of an equation names: a letter, a function of letters, a figure, a tuple of letters; null where it names nothing.</summary>
    public static string? NameOf(Node node) => node switch
    {
        { Kind: NodeKind.Symbol } =>
            node.Name is "pi" or "e" or "i" or "infinity" or "∅" || node.Name.StartsWith("mathbb", StringComparison.Ordinal) ? null : node.Name,
        { Kind: NodeKind.Call, Name: ['?', ..] } => node.Key(),
        { Kind: NodeKind.Call, Name: "det" or "gcd" or "lcm" or "norm" } when node.Args.All(IsName) => node.Key(),
        { Kind: NodeKind.Call, Name: "abs", Args: [{ Kind: NodeKind.Product }] } when node.Args.All(IsName) => node.Key(),
        { Kind: NodeKind.Product } when node.Args.All(IsCapital) => node.Key(),
        { Kind: NodeKind.Ratio } when node.Args.All(IsName) => node.Key(),
        { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Symbol, Name: "m" }, { Kind: NodeKind.Symbol, Name: ['a', 'n', 'g', 'l', 'e', '.', ..] } angle] } =>
            angle.Name,
        { Kind: NodeKind.Product, Args: [var over, { Kind: NodeKind.Power, Args: [var under, _] }] } when IsDifferential(over) && IsDifferential(under) =>
            node.Key(),
        _ => null,
    };

    /// <summary>The name and the value of an assignment; null where the node is none.</summary>
    public static (string Name, Node Value)? Assignment(Node node)
    {
        if (node.Kind != NodeKind.Relation || node.Name.Any(sign => sign != '='))
        {
            return null;
        }

        foreach ((Node named, Node value) in (ReadOnlySpan<(Node, Node)>)[(node.Args[0], node.Args[^1]), (node.Args[^1], node.Args[0])])
        {
            if (NameOf(named) is { } name && !value.Any(inner => inner.Kind == NodeKind.Symbol && inner.Name == name))
            {
                return (name, value);
            }
        }

        return null;
    }

    /// <summary>A list of assignments, or an assignment of a tuple, by name; null where it is none, or a name comes twice.</summary>
    public static SortedDictionary<string, Node>? Named(Node node)
    {
        SortedDictionary<string, Node> named = new(StringComparer.Ordinal);
        if (node is { Kind: NodeKind.Relation, Name: "=", Args: [{ Kind: NodeKind.Tuple } names, { Kind: NodeKind.Tuple } values] }
            && names.Args.Length == values.Args.Length)
        {
            for (int i = 0; i < names.Args.Length; i++)
            {
                if (NameOf(names.Args[i]) is not { } name || !named.TryAdd(name, values.Args[i]))
                {
                    return null;
                }
            }

            return named;
        }

        if (node.Kind is not (NodeKind.List or NodeKind.Tuple))
        {
            return null;
        }

        foreach (Node item in node.Args)
        {
            if (Assignment(item) is not { } assignment || !named.TryAdd(assignment.Name, assignment.Value))
            {
                return null;
            }
        }

        return named;
    }

    private static bool IsName(Node node) => NameOf(node) is not null;

    private static bool IsCapital(Node node) => node is { Kind: NodeKind.Symbol, Name.Length: 1 } && char.IsAsciiLetterUpper(node.Name[0]);

    // The upper half of dy/dx, and the lower without its negative power.
    private static bool IsDifferential(Node node) => node is { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Symbol, Name: "d" }, _] };

    private static Node Items(Node node)
    {
        if (node.Kind is NodeKind.List or NodeKind.Set)
        {
            List<Node> items = [];
            foreach (Node item in node.Args)
            {
                Node shaped = Items(item);
                items.AddRange(shaped.Kind == NodeKind.List ? shaped.Args : [shaped]);
            }

            return Quantity(node, items) ?? Node.Of(node.Kind, node.Name, [.. items]);
        }

        int signs = Count(node);
        if (signs == 0)
        {
            return node;
        }

        if (signs > MostSigns)
        {
            throw new UndecidedException("too many double signs");
        }

        // One choice for all where the signs are linked by a minus-plus, else every choice.
        bool linked = node.Any(inner => inner.IsCall("∓"));
        List<Node> variants = [];
        for (int choice = 0; choice < (linked ? 2 : 1 << signs); choice++)
        {
            int next = 0;
            Node variant = node.Map(inner =>
            {
                if (inner is not { Kind: NodeKind.Call, Name: "±" or "∓" })
                {
                    return inner;
                }

                bool minus = ((linked ? choice : choice >> next++) & 1) == 1;
                return minus ^ (inner.Name == "∓") ? Node.Negative(inner.Args[0]) : inner.Args[0];
            });
            variants.Add(variant);
        }

        return Node.Of(NodeKind.List, "or", [.. variants]);
    }

    /// <summary>"2 hours and 30 minutes", "5 dollars and 20 cents": one quantity in units that fall.</summary>
    private static Node? Quantity(Node list, List<Node> items)
    {
        if (list.Kind != NodeKind.List || list.Name != "and" || items.Count > 3
            || !items.TrueForAll(item => item is { Kind: NodeKind.Product, Args: [{ Kind: NodeKind.Number }, { Kind: NodeKind.Unit }] }))
        {
            return null;
        }

        for (int i = 1; i < items.Count; i++)
        {
            (Node larger, Node smaller) = (Units.Worth(items[i - 1].Args[1].Name), Units.Worth(items[i].Args[1].Name));
            bool falls = larger.Args.Length == 2 && smaller.Args.Length == 2 && larger.Args[1].Alike(smaller.Args[1])
                && larger.Args[0].Value.CompareTo(smaller.Args[0].Value) > 0;
            if (!falls)
            {
                return null;
            }
        }

        return Node.Sum([.. items]);
    }

    private static int Count(Node node)
    {
        int count = node is { Kind: NodeKind.Call, Name: "±" or "∓" } ? 1 : 0;
        foreach (Node arg in node.Args)
        {
            count += Count(arg);
        }

        return count;
    }
}
