namespace NaturalThoughts.Sources.Runs;

/// <summary>One answer of a run.</summary>
/// <param name="Scores">What each metric of the task says of it, from 0 (wrong) to 1 (right), in the order of <see cref="RunTask.Metrics"/>; NaN where it says
/// nothing.</param>
/// <param name="Tokens">Number of generated tokens; null where the file does not say.</param>
/// <param name="Answer">What was taken for the answer, at most 200 characters; null where nothing was found, or the file does not say.</param>
public sealed record RunAnswer(IReadOnlyList<double> Scores, double? Tokens, string? Answer)
{
    /// <summary>Several answers as one: means, and the answer of the first.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static RunAnswer Mean(IReadOnlyList<RunAnswer> answers) => answers.Count switch
    {
        0 => throw new ArgumentException("A mean needs at least one answer.", nameof(answers)),
        1 => answers[0],
        _ => new RunAnswer(
            [.. Enumerable.Range(0, answers[0].Scores.Count).Select(metric => answers.Average(answer => answer.Scores[metric]))],
            answers.All(answer => answer.Tokens is not null) ? answers.Average(answer => answer.Tokens!.Value) : null,
            answers[0].Answer),
    };
}
