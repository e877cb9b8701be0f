namespace NaturalThoughts.Selection.Methods;

/// <summary>
/// Walks the seeded permutation once and accepts each trace with probability p = min(1, (length / C)^tau), by its own draw, until
/// enough are accepted (paper, section 3.2).
/// </summary>
internal sealed class LongReasoningSelector(LongReasoningOptions options) : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<string> accepted = [];
        foreach (Candidate candidate in draws.Permute(candidates))
        {
            if (!draws.Chance(Acceptance(candidate.Signals.Tokens, options), candidate.Id))
            {
                continue;
            }

            accepted.Add(candidate.Id);
            if (accepted.Count == size)
            {
                return accepted;
            }
        }

        throw Shortage.Error(
            SelectionMethod.LongReasoning,
            size,
            accepted.Count,
            candidates.Count,
            $"were accepted in one pass with p = min(1, (length / {options.C})^{options.Tau.ToString(System.Globalization.CultureInfo.InvariantCulture)})",
            "Select fewer, lower longReasoning.c or longReasoning.tau, or enlarge the pool.");
    }

    /// <summary>The probability of acceptance: whole powers as products, a half power as a square root.</summary>
    internal static double Acceptance(int tokens, LongReasoningOptions options)
    {
        if (tokens >= options.C)
        {
            return 1;
        }

        double x = tokens / (double)options.C;
        int halves = (int)(options.Tau * 2);
        double p = halves % 2 == 1 ? Math.Sqrt(x) : 1;
        for (int i = 0; i < halves / 2; i++)
        {
            p *= x;
        }

        return p;
    }
}
