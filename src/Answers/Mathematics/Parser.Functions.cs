namespace NaturalThoughts.Answers.Mathematics;

internal sealed partial class Parser
{
    /// <summary>A function with its base, its power and its arguments: \sin^2 x, \log_2(8), \max(3, 8), f(3).</summary>
    private Node Function()
    {
        Enter();
        string name = Current.Text;
        _at++;
        (Node? below, Node? power) = Bounds();
        Node[] args = Arguments();
        _depth--;
        if (power is { Kind: NodeKind.Number } inverse && inverse.Value == -Rational.One && Inverse(name) is { } other)
        {
            (name, power) = (other, null);
        }

        Node call = Build(name, below, args);
        return power is null ? call : Node.Power(call, power);
    }

    private static string? Inverse(string name) => name switch
    {
        "sin" or "cos" or "tan" or "cot" or "sec" or "csc" => "arc" + name,
        "sinh" or "cosh" or "tanh" => "ar" + name,
        _ => null,
    };

    private static Node Build(string name, Node? below, Node[] args)
    {
        int expected = name switch { "gcd" or "lcm" or "max" or "min" => 0, "binom" => 2, _ => name[0] == '?' ? 0 : 1 };
        if (name == "log" && args.Length == 2 && below is null)
        {
            return Node.Call("log", args);
        }

        if (expected > 0 && args.Length != expected)
        {
            throw new UnreadableException("a function with too many arguments");
        }

        return name switch
        {
            "log" => Node.Call("log", args[0], below ?? Node.Number(10)),
            "log2" => Node.Call("log", args[0], Node.Number(2)),
            _ when below is not null => throw new UnreadableException("a function with a subscript"),
            "sqrt" => Node.Power(args[0], Node.Number(Rational.Of(1, 2))),
            "cbrt" => Node.Power(args[0], Node.Number(Rational.Of(1, 3))),
            "exp" => Node.Power(Node.Symbol("e"), args[0]),
            _ => Node.Call(name, args),
        };
    }

    private Node[] Arguments()
    {
        if (Current.Kind == TokenKind.Open)
        {
            bool braces = Current.Text is "{" or "\\{";
            Node inner = Bracket();
            return inner.Kind == NodeKind.Tuple || (inner.Kind == NodeKind.Set && braces) ? inner.Args : [inner];
        }

        bool negative = Current.Is("-");
        _at += negative ? 1 : 0;
        if (Current.Kind is TokenKind.End or TokenKind.Close or TokenKind.Word || (Current.Kind == TokenKind.Mark && !Current.Is("|")))
        {
            throw new UnreadableException("a function without its argument");
        }

        if (Current.Kind == TokenKind.Function)
        {
            return [negative ? Node.Negative(Power()) : Power()];
        }

        List<Node> factors = [Power()];
        while (InArgument(factors))
        {
            if (Current.Kind == TokenKind.Word)
            {
                _at++;
                factors.Add(Node.Unit("°"));
            }
            else
            {
                factors.Add(Power());
            }
        }

        Node argument = Node.Product([.. factors]);
        return [negative ? Node.Negative(argument) : argument];
    }

    /// <summary>Letters, numbers before them and fractions belong to an argument without brackets; another function does not.</summary>
    private bool InArgument(List<Node> factors) => !(_integrals > 0 && _differential is not null) && Current.Kind switch
    {
        TokenKind.Letter => true,
        TokenKind.Command => Current.Text is "frac" or "sqrt" or "radical",
        TokenKind.Open => Current.Text is "(" && factors.TrueForAll(factor => factor.Kind == NodeKind.Number),
        TokenKind.Word => Units.Find(Current.Text) == "°",
        _ => false,
    };
}
