namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A name that is read.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Name">The name.</param>
internal sealed record NameReference(int Line, string Name) : Expression(Line)
{
    protected override object? Value(Scope scope) => scope.Get(Name);
}
