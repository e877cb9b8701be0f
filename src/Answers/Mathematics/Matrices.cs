namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Sums, products, powers and determinants of matrices, down to one matrix or one value.</summary>
internal static class Matrices
{
    private const int Largest = 6;

    /// <summary>Whether a formula holds a matrix.</summary>
    public static bool Holds(Node node) => node.Any(inner => inner.Kind == NodeKind.Matrix);

    /// <summary>The formula with its matrices worked out.</summary>
    /// <exception cref="UndecidedException">It is no formula of matrices that these rules know.</exception>
    public static Node Reduce(Node node)
    {
        if (!Holds(node))
        {
            return node;
        }

        if (node.Kind == NodeKind.Matrix)
        {
            return node.Name == "|" ? Determinant(node) : node.Name == "‖" ? throw new UndecidedException("a norm of a matrix") : node;
        }

        Node[] args = [.. node.Args.Select(Reduce)];
        if (!args.Any(Holds))
        {
            return node.With(args);
        }

        return node switch
        {
            { Kind: NodeKind.Sum } => args.Aggregate(Plus),
            { Kind: NodeKind.Product } => args.Aggregate(Times),
            { Kind: NodeKind.Power, Args: [_, { Kind: NodeKind.Symbol, Name: "T" }] } => Transposed(args[0]),
            { Kind: NodeKind.Power, Args: [_, { Kind: NodeKind.Number, Value.IsInteger: true } exponent] } when exponent.Value.Sign > 0
                && exponent.Value.Numerator <= 20 =>
                Enumerable.Repeat(args[0], (int)exponent.Value.Numerator).Aggregate(Times),
            { Kind: NodeKind.Power, Args: [_, { Kind: NodeKind.Number } exponent] } when exponent.Value == -Rational.One => Inverse(args[0]),
            { Kind: NodeKind.Call, Name: "det" or "abs" } => Determinant(args[0]),
            _ => throw new UndecidedException("an operation on matrices that is not known"),
        };
    }

    private static Node Plus(Node a, Node b) => a.Kind == NodeKind.Matrix && b.Kind == NodeKind.Matrix && a.Rows == b.Rows && a.Args.Length == b.Args.Length
        ? Node.Matrix("", a.Rows, [.. a.Args.Zip(b.Args, (x, y) => Node.Sum(x, y))])
        : throw new UndefinedException();

    private static Node Times(Node a, Node b)
    {
        if (a.Kind != NodeKind.Matrix || b.Kind != NodeKind.Matrix)
        {
            (Node scalar, Node matrix) = a.Kind == NodeKind.Matrix ? (b, a) : (a, b);
            return matrix.Kind == NodeKind.Matrix
                ? Node.Matrix("", matrix.Rows, [.. matrix.Args.Select(entry => Node.Product(scalar, entry))])
                : Node.Product(a, b);
        }

        (int inner, int columns) = (b.Rows, b.Args.Length / b.Rows);
        if (a.Args.Length / a.Rows != inner)
        {
            throw new UndefinedException();
        }

        List<Node> entries = [];
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                entries.Add(Node.Sum([.. Enumerable.Range(0, inner).Select(k => Node.Product(a.Args[(i * inner) + k], b.Args[(k * columns) + j]))]));
            }
        }

        return Node.Matrix("", a.Rows, [.. entries]);
    }

    private static Node Transposed(Node matrix)
    {
        if (matrix.Kind != NodeKind.Matrix)
        {
            throw new UndecidedException("a transpose of no matrix");
        }

        int columns = matrix.Args.Length / matrix.Rows;
        return Node.Matrix("", columns, [.. Enumerable.Range(0, matrix.Args.Length).Select(k => matrix.Args[(k % matrix.Rows * columns) + (k / matrix.Rows)])]);
    }

    /// <summary>The inverse: the cofactors, transposed, over the determinant.</summary>
    private static Node Inverse(Node matrix)
    {
        int size = matrix.Rows;
        Node determinant = Determinant(matrix);
        Node Cofactor(int row, int column)
        {
            if (size == 1)
            {
                return Node.One;
            }

            Node[] rest = [.. Enumerable.Range(0, size * size).Where(k => k / size != row && k % size != column).Select(k => matrix.Args[k])];
            Node minor = Laplace([.. Enumerable.Range(0, size - 1)], 0, size - 1, rest);
            return ((row + column) & 1) == 0 ? minor : Node.Negative(minor);
        }

        return Node.Matrix("", size, [.. Enumerable.Range(0, size * size).Select(k => Node.Quotient(Cofactor(k % size, k / size), determinant))]);
    }

    private static Node Determinant(Node matrix)
    {
        int size = matrix.Rows;
        if (matrix.Kind != NodeKind.Matrix || size * size != matrix.Args.Length)
        {
            throw new UndefinedException();
        }

        return size > Largest ? throw new UndecidedException("a determinant that is too large") : Laplace([.. Enumerable.Range(0, size)], 0, size, matrix.Args);
    }

    private static Node Laplace(int[] columns, int row, int size, Node[] entries)
    {
        if (columns.Length == 1)
        {
            return entries[(row * size) + columns[0]];
        }

        List<Node> terms = [];
        for (int j = 0; j < columns.Length; j++)
        {
            Node minor = Laplace([.. columns.Where((_, k) => k != j)], row + 1, size, entries);
            Node term = Node.Product(entries[(row * size) + columns[j]], minor);
            terms.Add((j & 1) == 0 ? term : Node.Negative(term));
        }

        return Node.Sum([.. terms]);
    }
}
