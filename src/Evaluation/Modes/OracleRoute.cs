namespace NaturalThoughts.Evaluation.Modes;

/// <summary>
/// What a router reaches that knows which answers are right: per question it takes the shortest right answer of the modes, and the shortest answer where
/// none is right. It sees the answers themselves, luck of sampling included, so that no real router reaches it.
/// </summary>
/// <param name="Accuracy">Its mean score.</param>
/// <param name="Tokens">Its mean number of tokens.</param>
public sealed record OracleRoute(double Accuracy, double Tokens)
{
    /// <summary>Routes each question to one of its answers.</summary>
    /// <param name="modes">[mode][question]: the same questions in the same order in every mode, at least one of each.</param>
    /// <exception cref="ArgumentException">The modes have different questions, or there are none.</exception>
    public static OracleRoute Of(IReadOnlyList<IReadOnlyList<ModeAnswer>> modes)
    {
        if (modes.Count == 0 || modes[0].Count == 0
            || modes.Any(mode => !mode.Select(answer => answer.QuestionId).SequenceEqual(modes[0].Select(answer => answer.QuestionId), StringComparer.Ordinal)))
        {
            throw new ArgumentException("A router needs the same questions in every mode.", nameof(modes));
        }

        ModeAnswer[] chosen =
            [.. Enumerable.Range(0, modes[0].Count)
                .Select(q => modes.Select(mode => mode[q]).OrderByDescending(answer => answer.Score).ThenBy(answer => answer.Tokens).First())];
        return new OracleRoute(chosen.Average(answer => answer.Score), chosen.Average(answer => (double)answer.Tokens));
    }
}
