namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>A name that is assigned to.</summary>
/// <param name="Name">The name.</param>
internal sealed record NameTarget(string Name) : AssignmentTarget
{
    public override void Assign(Scope scope, object? value) => scope.Set(Name, value);

    public override void Store(ScopeNames names) => names.Set(Name);

    public override void Give(ScopeNames names) => names.Give(Name);
}
