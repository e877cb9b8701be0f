namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A number, a string, true, false or none.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Constant">Its value.</param>
internal sealed record Literal(int Line, object? Constant) : Expression(Line)
{
    protected override object? Value(Scope scope) => Constant;
}
