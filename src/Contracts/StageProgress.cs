namespace NaturalThoughts.Contracts;

/// <summary>How much of its work a running stage has done.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
/// <param name="Unit">What a unit is: <c>steps</c>, <c>answers</c>, <c>rows</c>.</param>
/// <param name="Note">A short word on the state, such as the loss.</param>
public readonly record struct StageProgress(long Done, long Total, string Unit, string? Note = null)
{
    /// <summary>Units of <see cref="Done"/> that an earlier, interrupted attempt did.</summary>
    public long Before { get; init; }
}
