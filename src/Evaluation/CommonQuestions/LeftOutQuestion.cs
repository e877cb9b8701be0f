namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>A question that a row does not answer, or not in the wording of the first row that answers it.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Row">The row.</param>
/// <param name="Reason"><c>notAnswered</c>, <c>textDiffers</c>, <c>optionsDiffer</c> or <c>referenceDiffers</c>.</param>
public sealed record LeftOutQuestion(string QuestionId, string Row, string Reason);
