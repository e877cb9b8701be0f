namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>The parameters of <see cref="CommonQuestionsStage"/>.</summary>
public sealed record CommonQuestionsOptions
{
    /// <summary>The rows, as their roles name them, such as <c>Llama8B-seed1</c>. The wording of the questions is that of the first.</summary>
    public required IReadOnlyList<string> Rows { get; init; }
}
