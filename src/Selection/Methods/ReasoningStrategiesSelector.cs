namespace NaturalThoughts.Selection.Methods;

/// <summary>
/// Uniform over the traces with R_min to R_max unique strategies, of which those of low strategy density (strategies per token)
/// are first down-sampled: each stays a candidate with a fixed probability (paper, section 3.2; the threshold and the probability
/// are not given there).
/// </summary>
internal sealed class ReasoningStrategiesSelector(ReasoningStrategiesOptions options) : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<Candidate> kept =
            [.. candidates.Where(candidate => InRange(candidate) && (Dense(candidate) || draws.Chance(options.LowDensityKeep, candidate.Id)))];
        return kept.Count >= size
            ? [.. draws.Permute(kept).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(
                SelectionMethod.ReasoningStrategies,
                size,
                kept.Count,
                candidates.Count,
                $"show {options.MinStrategies} to {options.MaxStrategies} strategies and were kept when low densities were down-sampled",
                "Select fewer, widen minStrategies to maxStrategies, lower minPerThousandTokens, raise lowDensityKeep, or enlarge the pool.");
    }

    private bool InRange(Candidate candidate) =>
        candidate.Signals.Strategies.Count >= options.MinStrategies && candidate.Signals.Strategies.Count <= options.MaxStrategies;

    // strategies / tokens >= density / 1000, without a division.
    private bool Dense(Candidate candidate) =>
        candidate.Signals.Strategies.Count * 1000.0 >= options.MinPerThousandTokens * candidate.Signals.Tokens;
}
