using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Several targets, for as many items.</summary>
/// <param name="Items">The targets.</param>
internal sealed record TupleTarget(IReadOnlyList<AssignmentTarget> Items) : AssignmentTarget
{
    public override void Assign(Scope scope, object? value)
    {
        object?[] values = [.. Iteration.Over(scope.Run, value).Take(Items.Count + 1)];
        if (values.Length != Items.Count)
        {
            throw scope.Run.Error($"{(values.Length < Items.Count ? "Too few" : "Too many")} values for {Items.Count} names.");
        }

        for (int i = 0; i < values.Length; i++)
        {
            Items[i].Assign(scope, values[i]);
        }
    }

    public override void Store(ScopeNames names)
    {
        foreach (AssignmentTarget item in Items)
        {
            item.Store(names);
        }
    }

    public override void Give(ScopeNames names)
    {
        foreach (AssignmentTarget item in Items)
        {
            item.Give(names);
        }
    }
}
