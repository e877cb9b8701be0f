namespace NaturalThoughts.Reporting.Measures;

/// <summary>A row of what the stage <c>measure</c> wrote, as far as tables read it: one question, a value for each repeat.</summary>
internal sealed record MeasuredQuestion(string QuestionId, IReadOnlyList<double> Scores, IReadOnlyList<int> Votes, IReadOnlyList<int> Tokens)
{
    public SortedDictionary<string, long> Faults { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Groups { get; init; } = new(StringComparer.Ordinal);
}
