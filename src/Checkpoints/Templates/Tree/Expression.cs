namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A node of the template that has a value.</summary>
/// <param name="Line">Where it begins.</param>
internal abstract record Expression(int Line) : Node(Line)
{
    /// <summary>Computes the value, within the bounds of the rendering.</summary>
    public object? Evaluate(Scope scope)
    {
        scope.Run.Line = Line;
        scope.Run.Enter();
        object? value = Value(scope);
        scope.Run.Leave();
        return value;
    }

    /// <summary>The value; an expression inside is asked by <see cref="Evaluate"/>.</summary>
    protected abstract object? Value(Scope scope);
}
