using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Running;

/// <summary>What became of a structured call.</summary>
/// <param name="Value">What the reply says; null where it failed.</param>
/// <param name="Failure">Why; null where it did not.</param>
/// <param name="Unanswered">True where a call got no answer.</param>
/// <param name="Tokens">Tokens of all replies.</param>
/// <param name="Repairs">How often the reply was sent back.</param>
internal sealed record StructuredReply<T>(T? Value, FailedReply? Failure, bool Unanswered, int Tokens, int Repairs)
    where T : class;
