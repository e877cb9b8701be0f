using System.Text;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A formula as a tree.</summary>
internal sealed class Node
{
    private static readonly Node[] None = [];

    private Node(NodeKind kind, string name, Rational value, Node[] args, int rows = 0)
    {
        (Kind, Name, Value, Args, Rows) = (kind, name, value, args, rows);
    }

    public NodeKind Kind { get; }

    public string Name { get; }

    public Rational Value { get; }

    public Node[] Args { get; }

    /// <summary>Rows of a matrix.</summary>
    public int Rows { get; }

    public static Node Zero { get; } = Number(Rational.Zero);

    public static Node One { get; } = Number(Rational.One);

    public static Node MinusOne { get; } = Number(-Rational.One);

    public static Node Number(Rational value) => new(NodeKind.Number, "", value, None);

    public static Node Number(int value) => Number(new Rational(value));

    public static Node Symbol(string name) => new(NodeKind.Symbol, name, Rational.Zero, None);

    public static Node Unit(string key) => new(NodeKind.Unit, key, Rational.Zero, None);

    public static Node Text(string words) => new(NodeKind.Text, words, Rational.Zero, None);

    public static Node Numeral(string digits, int radix) => new(NodeKind.Numeral, digits, new Rational(radix), None);

    public static Node Clock(Rational minutes, string half) => new(NodeKind.Clock, half, minutes, None);

    public static Node Matrix(string bracket, int rows, Node[] entries) => new(NodeKind.Matrix, bracket, Rational.Zero, entries, rows);

    public static Node Of(NodeKind kind, string name, params Node[] args) => new(kind, name, Rational.Zero, args);

    public static Node Call(string name, params Node[] args) => new(NodeKind.Call, name, Rational.Zero, args);

    public static Node Power(Node radix, Node exponent) => new(NodeKind.Power, "", Rational.Zero, [radix, exponent]);

    public static Node Sum(params Node[] args) => args.Length == 1 ? args[0] : new(NodeKind.Sum, "", Rational.Zero, args);

    public static Node Product(params Node[] args) => args.Length == 1 ? args[0] : new(NodeKind.Product, "", Rational.Zero, args);

    public static Node Negative(Node node) => node.Kind == NodeKind.Number ? Number(-node.Value) : Product(MinusOne, node);

    public static Node Difference(Node a, Node b) => Sum(a, Negative(b));

    public static Node Quotient(Node a, Node b) => Product(a, Power(b, MinusOne));

    public bool IsSymbol(string name) => Kind == NodeKind.Symbol && Name == name;

    public bool IsCall(string name) => Kind == NodeKind.Call && Name == name;

    /// <summary>The same node over other arguments.</summary>
    public Node With(Node[] args) => new(Kind, Name, Value, args, Rows);

    /// <summary>The tree with every node that the function changes in its changed form; the arguments come first.</summary>
    public Node Map(Func<Node, Node> change)
    {
        Node[]? mapped = null;
        for (int i = 0; i < Args.Length; i++)
        {
            Node arg = Args[i].Map(change);
            if (!ReferenceEquals(arg, Args[i]))
            {
                mapped ??= [.. Args];
                mapped[i] = arg;
            }
        }

        return change(mapped is null ? this : With(mapped));
    }

    /// <summary>Whether a node of the tree fits.</summary>
    public bool Any(Func<Node, bool> fits)
    {
        if (fits(this))
        {
            return true;
        }

        foreach (Node arg in Args)
        {
            if (arg.Any(fits))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One spelling for trees that differ in the order of sums and products alone.</summary>
    public string Key()
    {
        if (Args.Length == 0)
        {
            return Kind switch
            {
                NodeKind.Number => Value.ToString(),
                NodeKind.Symbol => Name,
                _ => $"{Kind}:{Name}:{Value}",
            };
        }

        string[] keys = [.. Args.Select(arg => arg.Key())];
        if (Kind is NodeKind.Sum or NodeKind.Product or NodeKind.Set)
        {
            Array.Sort(keys, StringComparer.Ordinal);
        }

        return new StringBuilder().Append(Kind).Append(Name).Append(Rows > 0 ? $"{Rows}" : "").Append('(').AppendJoin(',', keys).Append(')').ToString();
    }

    /// <summary>Whether the trees are written alike, sign by sign.</summary>
    public bool Alike(Node other)
    {
        if (Kind != other.Kind || Name != other.Name || Value != other.Value || Rows != other.Rows || Args.Length != other.Args.Length)
        {
            return false;
        }

        for (int i = 0; i < Args.Length; i++)
        {
            if (!Args[i].Alike(other.Args[i]))
            {
                return false;
            }
        }

        return true;
    }
}
