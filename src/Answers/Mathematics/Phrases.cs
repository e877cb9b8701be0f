namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Words that stand for a value, a set, or one another.</summary>
internal static class Phrases
{
    private const string Except = "all real numbers except ";

    /// <summary>The node that a phrase stands for: itself in most cases.</summary>
    public static Node Meaning(string words)
    {
        string plain = words.TrimEnd('.', '!').Replace("there is ", "", StringComparison.Ordinal).Replace("there are ", "", StringComparison.Ordinal);
        return plain switch
        {
            "infinity" or "positive infinity" or "plus infinity" => Node.Symbol("infinity"),
            "negative infinity" or "minus infinity" => Node.Negative(Node.Symbol("infinity")),
            "no solution" or "no solutions" or "no real solution" or "no real solutions" or "empty set" or "no answer exists" => Node.Symbol("∅"),
            "all real numbers" or "all reals" or "all real" or "real numbers" or "any real number" or "every real number" or "all real values" or "reals" =>
                Node.Symbol("mathbb.R"),
            "all integers" or "integers" => Node.Symbol("mathbb.Z"),
            "dne" or "does not exist" or "do not exist" or "doesn't exist" => Node.Text("does not exist"),
            "pi" => Node.Symbol("pi"),
            "zero" => Node.Zero,
            _ when plain.StartsWith(Except, StringComparison.Ordinal) => Excepted(plain[Except.Length..]) ?? Node.Text(plain),
            _ => Node.Text(plain),
        };
    }

    private static Node? Excepted(string rest)
    {
        try
        {
            Node node = Parser.Read(rest);
            node = node is { Kind: NodeKind.Relation, Name: "=" } ? node.Args[1] : node;
            return node.Kind == NodeKind.Text
                ? null
                : Node.Call("∖", Node.Symbol("mathbb.R"), Node.Of(NodeKind.Set, "", node.Kind == NodeKind.List ? node.Args : [node]));
        }
        catch (UnreadableException)
        {
            return null;
        }
    }
}
