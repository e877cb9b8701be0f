namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>
/// Finds strategies by cues in the trace. Cues are words that people use for other ends too, and a strategy can be written without
/// any, so it errs both ways.
/// </summary>
internal static class StrategyReader
{
    private static readonly (string Strategy, string[] Cues)[] Cues =
    [
        (ReasoningStrategy.Backtracking, [" wait ", " wrong ", " go back ", " rather "]),
        (ReasoningStrategy.CaseAnalysis, [" case ", " cases ", " that holds "]),
        (ReasoningStrategy.Decomposition, [" split ", " break ", " steps ", " step ", " one after the other "]),
        (ReasoningStrategy.Estimation, [" about ", " roughly ", " estimate ", " between "]),
        (ReasoningStrategy.Exploration, [" another ", " other way ", " alternatively ", " the same "]),
        (ReasoningStrategy.Restating, [" we need ", " the question ", " given ", " know "]),
        (ReasoningStrategy.SelfVerification, [" check ", " verify ", " as it should "]),
        (ReasoningStrategy.SubGoals, [" goal ", " target ", " first ", " to get there "]),
    ];

    /// <summary>The strategies in ordinal order.</summary>
    public static IReadOnlyList<string> Strategies(string question, string thinking)
    {
        string text = $" {thinking} ";
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach ((string strategy, string[] cues) in Cues)
        {
            if (cues.Any(cue => text.Contains(cue, StringComparison.Ordinal)))
            {
                found.Add(strategy);
            }
        }

        // A sentence taken over from the question restates it.
        HashSet<string> asked = [.. Sentences(question)];
        if (Sentences(thinking).Any(asked.Contains))
        {
            found.Add(ReasoningStrategy.Restating);
        }

        return [.. found];
    }

    /// <summary>The sentences of a text without their full stops.</summary>
    public static IEnumerable<string> Sentences(string text) =>
        text.Split(" .", StringSplitOptions.RemoveEmptyEntries).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0);
}
