namespace NaturalThoughts.Statistics;

/// <summary>Majority vote over several answers to a question (self-consistency, Wang et al. 2023, arXiv 2203.11171).</summary>
public static class MajorityVote
{
    /// <summary>
    /// What the most frequent answer counts: the mean score of those that gave it. Of answers that are equally frequent one is drawn, so that
    /// their mean is taken. Without any answer it is 0.
    /// </summary>
    /// <param name="votes">Which answer each repeat gave: equal numbers are the same answer; below 0 for none.</param>
    /// <param name="scores">What each counts, in [0, 1], position by position.</param>
    /// <exception cref="ArgumentException">The lists are of different lengths.</exception>
    public static double Of(IReadOnlyList<int> votes, IReadOnlyList<double> scores)
    {
        if (votes.Count != scores.Count)
        {
            throw new ArgumentException("Votes and scores are lists of the same length.", nameof(scores));
        }

        (int Count, double Score)[] answers = [.. Enumerable.Range(0, votes.Count)
            .Where(i => votes[i] >= 0)
            .GroupBy(i => votes[i])
            .Select(group => (group.Count(), group.Average(i => scores[i])))];
        int most = answers.Length == 0 ? 0 : answers.Max(answer => answer.Count);
        return answers.Length == 0 ? 0 : answers.Where(answer => answer.Count == most).Average(answer => answer.Score);
    }
}
