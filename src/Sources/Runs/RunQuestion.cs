namespace NaturalThoughts.Sources.Runs;

/// <summary>A question of a run with its answers.</summary>
/// <param name="Id">Its id; null where the file has none.</param>
/// <param name="TextKey">Stands for its text, see <see cref="QuestionText.Key"/>; null where the file has none.</param>
/// <param name="Text">The beginning of its text, for people; null where the file has none.</param>
/// <param name="Answers">One a repeat, in order.</param>
public sealed record RunQuestion(string? Id, string? TextKey, string? Text, IReadOnlyList<RunAnswer> Answers)
{
    /// <summary>The reference that its answers were graded by; null where the file has none, or its letters mean another option in each repeat.</summary>
    public string? Reference { get; init; }

    /// <summary>What people call it: its id, or the first digits that stand for its text.</summary>
    public string Name => Id ?? "text:" + TextKey;
}
