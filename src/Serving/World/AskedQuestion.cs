using NaturalThoughts.MiniWorld.Generation;

namespace NaturalThoughts.Serving.World;

/// <summary>A question that a prompt asks.</summary>
/// <param name="Item">What the world knows of it.</param>
/// <param name="Options">The options as the prompt shows them; empty for none.</param>
internal sealed record AskedQuestion(WorldItem Item, IReadOnlyList<string> Options);
