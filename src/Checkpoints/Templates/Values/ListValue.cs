namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's list or tuple; the sandbox lets nobody change it.</summary>
/// <param name="Items">The items.</param>
/// <param name="IsTuple">True for a tuple.</param>
internal sealed record ListValue(IReadOnlyList<object?> Items, bool IsTuple = false);
