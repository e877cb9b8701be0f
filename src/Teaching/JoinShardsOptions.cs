namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="JoinShardsStage"/>.</summary>
/// <param name="Count">The number of parts.</param>
public sealed record JoinShardsOptions(int Count);
