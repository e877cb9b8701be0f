namespace NaturalThoughts.Evaluation.Modes;

/// <summary>What answers in one mode came to.</summary>
/// <param name="Answers">Their number.</param>
/// <param name="Accuracy">Mean score.</param>
/// <param name="MeanTokens">Mean of the generated tokens.</param>
/// <param name="MedianTokens">The least number that half of the answers do not pass.</param>
/// <param name="HighTokens">The least number that 95 % of the answers do not pass.</param>
/// <param name="Opens">Share that has a tag of thinking.</param>
/// <param name="Unclosed">Share whose thought is never closed.</param>
/// <param name="Reasons">Share that reasons.</param>
/// <param name="Unparsed">Share without an answer.</param>
/// <param name="Truncated">Share that met the limit of tokens.</param>
public sealed record ModeSummary(
    int Answers, double Accuracy, double MeanTokens, int MedianTokens, int HighTokens, double Opens, double Unclosed, double Reasons, double Unparsed,
    double Truncated)
{
    /// <summary>Counts what the answers came to.</summary>
    /// <exception cref="ArgumentException">There are no answers.</exception>
    public static ModeSummary Of(IReadOnlyCollection<ModeAnswer> answers)
    {
        if (answers.Count == 0)
        {
            throw new ArgumentException("There are no answers to sum up.", nameof(answers));
        }

        int[] tokens = [.. answers.Select(answer => answer.Tokens).Order()];
        double Share(Func<ModeAnswer, bool> has) => (double)answers.Count(has) / answers.Count;
        return new ModeSummary(
            answers.Count,
            answers.Average(answer => answer.Score),
            answers.Average(answer => (double)answer.Tokens),
            Quantile(tokens, 50),
            Quantile(tokens, 95),
            Share(answer => answer.Opens),
            Share(answer => answer.Unclosed),
            Share(answer => answer.Reasons),
            Share(answer => answer.Unparsed),
            Share(answer => answer.Truncated));
    }

    /// <summary>Accuracy where only answers of at most so many tokens count as right: what a reader with this budget gets.</summary>
    /// <param name="answers">The answers, not empty.</param>
    /// <param name="budget">Tokens, the end marker included.</param>
    public static double AccuracyWithin(IReadOnlyCollection<ModeAnswer> answers, int budget) =>
        answers.Average(answer => answer.Tokens <= budget ? answer.Score : 0);

    /// <summary>
    /// AUC_OAA of OptimalThinkingBench (arXiv 2508.13141): the mean of <see cref="AccuracyWithin"/> over all budgets from 0 to the scale, which is the mean
    /// of score x max(0, 1 - tokens / scale). There it counts the tokens between the tags; here all tokens, since students reason without tags.
    /// </summary>
    /// <param name="answers">Answers to easy questions, not empty.</param>
    /// <param name="scale">Tokens at which a right answer is worth nothing, above 0; 1,000 there.</param>
    public static double ThinkingAuc(IReadOnlyCollection<ModeAnswer> answers, double scale) =>
        answers.Average(answer => answer.Score * Math.Max(0, 1 - (answer.Tokens / scale)));

    /// <summary>
    /// The harmonic mean of <see cref="ThinkingAuc"/> on easy questions and the accuracy on hard ones, as OptimalThinkingBench joins them; 0 where either is 0.
    /// </summary>
    public static double Joined(double auc, double hardAccuracy) => auc * hardAccuracy == 0 ? 0 : 2 * auc * hardAccuracy / (auc + hardAccuracy);

    // Nearest rank: the value at place ceil(percent x n / 100) of those in order, counted from 1.
    private static int Quantile(int[] ordered, int percent) => ordered[(int)((((long)percent * ordered.Length) + 99) / 100) - 1];
}
