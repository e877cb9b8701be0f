namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>The left side of an assignment.</summary>
internal abstract record AssignmentTarget
{
    /// <summary>Assigns a value in a scope.</summary>
    public abstract void Assign(Scope scope, object? value);

    /// <summary>Notes in a scope that the names of this target are set.</summary>
    public abstract void Store(ScopeNames names);

    /// <summary>The scope is given the names.</summary>
    public abstract void Give(ScopeNames names);
}
