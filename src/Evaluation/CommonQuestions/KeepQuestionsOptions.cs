namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>The parameters of <see cref="KeepQuestionsStage"/>.</summary>
/// <param name="Meta">The name of the questions' meta that is looked at, such as <c>domain</c>.</param>
/// <param name="Values">The values of which questions are kept; at least one.</param>
public sealed record KeepQuestionsOptions(string Meta, IReadOnlyList<string> Values);
