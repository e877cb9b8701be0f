using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>An attribute of a namespace that is assigned to.</summary>
/// <param name="Name">The namespace.</param>
/// <param name="Attribute">The attribute.</param>
internal sealed record AttributeTarget(string Name, string Attribute) : AssignmentTarget
{
    public override void Assign(Scope scope, object? value)
    {
        if (scope.Get(Name) is not NamespaceValue space)
        {
            throw scope.Run.Error($"'{Name}' is no namespace: its attribute '{Attribute}' cannot be set.");
        }

        space.Values[Attribute] = value;
    }

    public override void Store(ScopeNames names)
    {
    }

    public override void Give(ScopeNames names)
    {
    }
}
