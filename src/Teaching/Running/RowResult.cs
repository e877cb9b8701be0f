using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Running;

/// <summary>What became of a row: a record, a failure, or both where a record takes the place of what failed.</summary>
/// <param name="Record">The record; null for none.</param>
/// <param name="Failure">The failure; null for none.</param>
/// <param name="Unanswered">True where a call got no answer.</param>
/// <param name="Tokens">Tokens of all replies of the row.</param>
internal sealed record RowResult<T>(T? Record, FailedReply? Failure, bool Unanswered = false, int Tokens = 0)
    where T : class;
