namespace NaturalThoughts.Teaching;

/// <summary>How a judgement came about: the row of <c>verdicts.jsonl</c>.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Agree">The judgement.</param>
/// <param name="How">One of the constants.</param>
/// <param name="Teacher">The teacher's answer as it was compared; null for none.</param>
/// <param name="Second">The second model's; null for none.</param>
public sealed record Verdict(string QuestionId, bool Agree, string How, string? Teacher, string? Second)
{
    /// <summary>The rules find the answers to be the same: no call.</summary>
    public const string SameAnswer = "same-answer";

    /// <summary>Both name an option, and not the same one: no call.</summary>
    public const string OtherOption = "other-option";

    /// <summary>One of the two gives no answer: the judge is not called.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The judge said the same for both orders.</summary>
    public const string Judged = "judged";

    /// <summary>The judge's verdict depends on the order.</summary>
    public const string Inconsistent = "inconsistent";

    /// <summary>The judge gave no verdict; see <c>failures.jsonl</c>.</summary>
    public const string NoVerdict = "no-verdict";

    /// <summary>All ways in which a judgement comes about.</summary>
    public static IReadOnlyList<string> All { get; } = [SameAnswer, OtherOption, NoAnswer, Judged, Inconsistent, NoVerdict];
}
