namespace NaturalThoughts.Sources.Recorded;

/// <summary>What a file says beside the answer itself: what its own program made of it.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Row">Where the answer stands; see <see cref="Reading.RowPlace.Provenance"/>.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Reference">The reference that it was graded by; null where the file has none.</param>
/// <param name="Prediction">What was taken for the answer; null where nothing was found, or the file does not say.</param>
/// <param name="Correct">Its verdict, or whether prediction and reference are equal; null where the file says neither.</param>
public sealed record RecordedAnswer(string QuestionId, string Row, int Repeat, string? Reference, string? Prediction, bool? Correct);
