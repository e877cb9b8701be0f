namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Places where a formula in one letter may change its sign: its zeros, its poles, and the edges of its domain.</summary>
internal sealed class Roots(string letter, Work work)
{
    private const int MostBranches = 6;

    private const string Hidden = "§root";

    private const string Constant = "§constant";

    private readonly List<Node> _found = [];

    private readonly List<Node> _constants = [];

    /// <summary>The places, perhaps with others between them; null where they cannot be found.</summary>
    public List<Node>? Of(Node node) => Find(node, 0) ? _found : null;

    private bool Find(Node node, int branches)
    {
        if (branches > MostBranches)
        {
            return false;
        }

        if (Inner(node) is { } special)
        {
            return special.Kind == NodeKind.Power ? Powers(node, special, branches) : Special(node, special, branches);
        }

        List<string> letters = [letter];
        RationalFunction? function;
        try
        {
            function = RationalFunction.Of(Abstract(node), letters, work);
        }
        catch (UndefinedException)
        {
            return false;
        }

        return function is not null && Zeros(function.Over, letters) && Zeros(function.Under, letters);
    }

    /// <summary>The formula with a letter of its own for each constant that is not rational, such as a root or a logarithm.</summary>
    private Node Abstract(Node node)
    {
        if (!node.Any(inner => inner.IsSymbol(letter)))
        {
            if (node.Kind is NodeKind.Number || Exact.Value(node, work) is not null)
            {
                return node;
            }

            _constants.Add(node);
            return Node.Symbol($"{Constant}{_constants.Count - 1}");
        }

        return node.Args.Length == 0 ? node : node.With([.. node.Args.Select(Abstract)]);
    }

    private Node Concrete(Node node) => node.Map(inner => inner.Kind == NodeKind.Symbol && inner.Name.StartsWith(Constant, StringComparison.Ordinal)
        ? _constants[int.Parse(inner.Name.AsSpan(Constant.Length), System.Globalization.CultureInfo.InvariantCulture)]
        : inner);

    /// <summary>A part that is no sum, product or whole power, and holds the letter outside of other such parts.</summary>
    private Node? Inner(Node node)
    {
        if (!node.Any(inner => inner.IsSymbol(letter)))
        {
            return null;
        }

        foreach (Node arg in node.Args)
        {
            if (Inner(arg) is { } inner)
            {
                return inner;
            }
        }

        bool special = node.Kind == NodeKind.Call || (node.Kind == NodeKind.Power && Exact.Value(node.Args[1], work) is not { IsInteger: true });
        return special ? node : null;
    }

    /// <summary>|u|: u or -u, and where u is zero.</summary>
    private bool Special(Node node, Node special, int branches)
    {
        if (special.Name != "abs" && special.Name != "ln" && special.Name != "log")
        {
            return false;
        }

        Node inner = special.Args[0];
        if (!Find(inner, branches + 1))
        {
            return false;
        }

        if (special.Name == "abs")
        {
            return Find(Replace(node, special, inner), branches + 1) && Find(Replace(node, special, Node.Negative(inner)), branches + 1);
        }

        Node radix = special.Name == "ln" ? Node.Symbol("e") : special.Args[1];
        return Inverted(node, special, value => Node.Difference(inner, Node.Power(radix, value)), branches);
    }

    private bool Powers(Node node, Node special, int branches)
    {
        (Node radix, Node exponent) = (special.Args[0], special.Args[1]);
        if (Exact.Value(exponent, work) is { } root && root.Denominator <= 4)
        {
            // u^(1/n) = t: u = t^n. Where the letter is outside as well, A t + B = 0 gives A^n u = (-B)^n.
            if (!Find(radix, branches + 1))
            {
                return false;
            }

            Node unit = Node.Power(radix, Node.Number(Rational.Of(1, root.Denominator)));
            Node hidden = Replace(
                node, special, root.Numerator.IsOne ? Node.Symbol(Hidden) : Node.Power(Node.Symbol(Hidden), Node.Number(new Rational(root.Numerator))));
            return Eliminated(hidden, radix, (int)root.Denominator, branches)
                || Inverted(
                    Replace(node, special, unit), unit, value => Node.Difference(radix, Node.Power(value, Node.Number((int)root.Denominator))), branches);
        }

        // c^u = t: u = ln t / ln c.
        return !radix.Any(inner => inner.IsSymbol(letter))
            && Inverted(node, special, value => Node.Difference(exponent, Node.Quotient(Node.Call("ln", value), Node.Call("ln", radix))), branches);
    }

    private bool Eliminated(Node hidden, Node radix, int index, int branches)
    {
        List<string> letters = [Hidden, letter];
        if (RationalFunction.Of(hidden, letters, work) is not { } function || function.Over.Degree(0) != 1 || function.Under.Degree(0) > 0)
        {
            return false;
        }

        Polynomial[] parts = function.Over.Coefficients(0);
        Node squared = Node.Difference(
            Node.Product(Node.Power(ToNode(parts[1], letters), Node.Number(index)), radix),
            Node.Power(Node.Negative(ToNode(parts[0], letters)), Node.Number(index)));
        return Find(squared, branches + 1) && Find(ToNode(function.Under, letters), branches + 1);
    }

    /// <summary>The part stands for a letter of its own: its values first, then where it takes them.</summary>
    private bool Inverted(Node node, Node special, Func<Node, Node> inverse, int branches)
    {
        Node hidden = Replace(node, special, Node.Symbol(Hidden));
        if (hidden.Any(inner => inner.IsSymbol(letter)) || new Roots(Hidden, work).Of(hidden) is not { } values)
        {
            return false;
        }

        return values.TrueForAll(value => Find(inverse(value), branches + 1));
    }

    private static Node Replace(Node node, Node part, Node value) => node.Map(inner => inner.Alike(part) ? value : inner);

    /// <summary>The zeros of a polynomial: rational ones first, then those of what is left by the formulas for low degrees.</summary>
    private bool Zeros(Polynomial polynomial, List<string> letters)
    {
        Node[] coefficients = [.. polynomial.Coefficients(0).Select(part => Concrete(ToNode(part, letters)))];
        if (coefficients.Any(part => part.Any(inner => inner.Kind == NodeKind.Symbol && inner.Name is not ("pi" or "e"))))
        {
            return false;
        }

        Rational?[] exact = [.. coefficients.Select(part => Exact.Value(part, work))];
        if (Array.TrueForAll(exact, value => value is not null))
        {
            List<Rational> rest = [.. exact.Select(value => value!.Value)];
            foreach (Rational root in RationalRoots.Of(rest, work))
            {
                _found.Add(Node.Number(root));
            }

            coefficients = [.. rest.Select(Node.Number)];
        }

        int degree = coefficients.Length - 1;
        if (degree <= 0)
        {
            return true;
        }

        if (degree == 1)
        {
            _found.Add(Node.Negative(Node.Quotient(coefficients[0], coefficients[1])));
            return true;
        }

        if (degree == 2)
        {
            Quadratic(coefficients[0], coefficients[1], coefficients[2], root => _found.Add(root));
            return true;
        }

        bool pure = coefficients[1..^1].All(part => Exact.Value(part, work) is { IsZero: true });
        bool biquadratic = degree == 4 && Exact.Value(coefficients[1], work) is { IsZero: true } && Exact.Value(coefficients[3], work) is { IsZero: true };
        if (pure)
        {
            Signed(Node.Negative(Node.Quotient(coefficients[0], coefficients[^1])), degree);
            return true;
        }

        if (biquadratic)
        {
            Quadratic(coefficients[0], coefficients[2], coefficients[4], root => Signed(root, 2));
        }

        return biquadratic;
    }

    private void Quadratic(Node c, Node b, Node a, Action<Node> found)
    {
        Node square = Node.Difference(Node.Power(b, Node.Number(2)), Node.Product(Node.Number(4), a, c));
        if (Order.Compare(square, Node.Zero, work) < 0)
        {
            return;
        }

        Node root = Node.Power(square, Node.Number(Rational.Of(1, 2)));
        Node twice = Node.Product(Node.Number(2), a);
        found(Node.Quotient(Node.Sum(Node.Negative(b), root), twice));
        found(Node.Quotient(Node.Difference(Node.Negative(b), root), twice));
    }

    /// <summary>The real solutions of x^n = value.</summary>
    private void Signed(Node value, int degree)
    {
        if (degree % 2 == 0 && Order.Compare(value, Node.Zero, work) < 0)
        {
            return;
        }

        Node root = Node.Power(value, Node.Number(Rational.Of(1, degree)));
        _found.Add(root);
        if (degree % 2 == 0)
        {
            _found.Add(Node.Negative(root));
        }
    }

    /// <summary>A polynomial as a formula.</summary>
    public static Node ToNode(Polynomial polynomial, List<string> letters)
    {
        List<Node> terms = [];
        foreach ((ulong power, Rational value) in polynomial.Terms.OrderBy(term => term.Key))
        {
            List<Node> factors = [Node.Number(value)];
            for (int i = 0; i < letters.Count; i++)
            {
                int exponent = Polynomial.Exponent(power, i);
                if (exponent > 0)
                {
                    factors.Add(exponent == 1 ? Node.Symbol(letters[i]) : Node.Power(Node.Symbol(letters[i]), Node.Number(exponent)));
                }
            }

            terms.Add(Node.Product([.. factors]));
        }

        return terms.Count == 0 ? Node.Zero : Node.Sum([.. terms]);
    }
}
