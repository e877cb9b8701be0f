using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Values as text, one behind the other: <c>~</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Parts">The values.</param>
internal sealed record Concat(int Line, IReadOnlyList<Expression> Parts) : Expression(Line)
{
    protected override object? Value(Scope scope)
    {
        string[] texts = new string[Parts.Count];
        long length = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Printing.Text(scope.Run, Parts[i].Evaluate(scope));
            length += texts[i].Length;
        }

        scope.Run.Charge(length);
        return string.Concat(texts);
    }
}
