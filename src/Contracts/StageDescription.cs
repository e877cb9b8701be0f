namespace NaturalThoughts.Contracts;

/// <summary>What is the same in all runs of a stage: name, roles, outputs.</summary>
/// <param name="Name">A verb in kebab case, such as <c>fine-tune</c>; part of every key.</param>
/// <param name="Inputs">The roles that must be bound.</param>
/// <param name="Outputs">The files that a successful run leaves in the output folder. More files than these are kept as well.</param>
public sealed record StageDescription(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Roles that may be bound, because some parameters need them.</summary>
    public IReadOnlyList<string> OptionalInputs { get; init; } = [];

    /// <summary>True for a stage that computes on tensors: it runs in a worker process, and its key holds the numerics.</summary>
    public bool UsesTensors { get; init; }

    /// <summary>
    /// True for a stage that calls remote models: it is no pure function, what follows from it is of the class <c>statistical</c>, and it is
    /// given <see cref="StageContext.Remote"/>.
    /// </summary>
    public bool CallsModels { get; init; }
}
