namespace NaturalThoughts.Sources.Exporting;

/// <summary>A student's answers to one benchmark, as other programs are told of them.</summary>
/// <param name="Model">What the student is called: its address.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Protocol">The grading protocol.</param>
/// <param name="Answers">The answers, repeat after repeat, each in the order of the questions.</param>
public sealed record ExportedRun(string Model, string Benchmark, string Protocol, IReadOnlyList<ExportedAnswer> Answers)
{
    /// <summary>When the answers were graded; no clock is asked.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What else is known of it, name and value, such as the digest of the grades.</summary>
    public IReadOnlyList<(string Name, string Value)> Metadata { get; init; } = [];

    /// <summary>Number of answers to each question.</summary>
    public int Repeats => Answers.Count == 0 ? 0 : Answers.Max(answer => answer.Repeat);

    internal double Accuracy => Answers.Count == 0 ? 0 : Answers.Average(answer => answer.Grade.Score);

    // Over the questions' means, as both programs do it.
    internal double StandardError
    {
        get
        {
            double[] means =
                [.. Answers.GroupBy(answer => answer.Question.Id, StringComparer.Ordinal).Select(question => question.Average(answer => answer.Grade.Score))];
            double mean = means.Average();
            return means.Length < 2 ? 0 : Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1) / means.Length);
        }
    }
}
