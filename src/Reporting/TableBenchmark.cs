namespace NaturalThoughts.Reporting;

/// <summary>A benchmark of a table.</summary>
/// <param name="Name">The name in the roles of the grades.</param>
/// <param name="Options">Number of options of a question: the chance level is one over it; 0 for free answers.</param>
/// <param name="Protocol">The grading protocol, for the caption; null where the profile names none.</param>
public sealed record TableBenchmark(string Name, int Options = 0, string? Protocol = null)
{
    /// <summary>Accuracy of guessing in percent; 0 for free answers.</summary>
    public decimal ChancePercent => Options == 0 ? 0 : 100m / Options;
}
