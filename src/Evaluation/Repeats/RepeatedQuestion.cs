namespace NaturalThoughts.Evaluation.Repeats;

/// <summary>What a student's answers to one question came to, repeat by repeat.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Scores">What each answer counts, in [0, 1].</param>
/// <param name="Votes">Which answer each repeat gave: equal numbers from 0 are the same answer, -1 is none.</param>
/// <param name="Tokens">Generated tokens of each answer.</param>
public sealed record RepeatedQuestion(string QuestionId, IReadOnlyList<double> Scores, IReadOnlyList<int> Votes, IReadOnlyList<int> Tokens)
{
    /// <summary>A fault's name to the number of answers with it; faults that did not occur are left out.</summary>
    public SortedDictionary<string, long> Faults { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A name of meta to the question's value.</summary>
    public SortedDictionary<string, string> Groups { get; init; } = new(StringComparer.Ordinal);
}
