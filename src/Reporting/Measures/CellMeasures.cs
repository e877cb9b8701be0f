using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Measures;

/// <summary>What a student's answers to one benchmark came to beyond the accuracy.</summary>
/// <param name="Cell">The student.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Replicates">Per replicate its questions in ordinal order of ids, each with the same number of repeats.</param>
internal sealed record CellMeasures(TableCell Cell, TableBenchmark Benchmark, IReadOnlyList<IReadOnlyList<MeasuredQuestion>> Replicates)
{
    /// <summary>Accuracy per phrasing of the prompt, the benchmark's own first; empty where the table asks for none.</summary>
    public IReadOnlyList<double> Phrasings { get; init; } = [];

    /// <summary>Answers that a replicate gives to each question.</summary>
    public int Repeats => Replicates[0][0].Scores.Count;

    public int Questions => Replicates[0].Count;

    /// <summary>Accuracy and errors over questions and over the repeats of a replicate: each is the root mean square over the replicates.</summary>
    public (double Mean, double Question, double Seed, double Replicate) Errors
    {
        get
        {
            RepeatedMean[] means = [.. Replicates.Select(Mean)];

            // The questions are the same in all replicates, so that their means over everything tell the error over questions.
            double[] questions = [.. Enumerable.Range(0, Questions).Select(q => Replicates.Average(replicate => replicate[q].Scores.Average()))];
            MeanSummary students = MeanSummary.Of([.. means.Select(mean => mean.Mean)]);
            double seeds = Math.Sqrt(means.Average(mean => mean.SeedError * mean.SeedError) / means.Length);
            return (students.Mean, MeanSummary.Of(questions).StandardError, seeds, students.StandardError);
        }
    }

    /// <summary>The standard deviation of a replicate's accuracy over its seeds (root mean square over replicates); NaN for one repeat.</summary>
    public double SeedDeviation => Math.Sqrt(Replicates.Average(replicate => Math.Pow(Mean(replicate).SeedError, 2) * Repeats));

    public double Tokens => Replicates.Average(replicate => replicate.Average(question => question.Tokens.Average()));

    /// <summary>The share of answers with a fault.</summary>
    public double Fault(string name) =>
        Replicates.Sum(replicate => replicate.Sum(question => question.Faults.GetValueOrDefault(name))) / ((double)Replicates.Count * Questions * Repeats);

    /// <summary>pass@k by the unbiased estimator over all repeats of a replicate; null for more than there are.</summary>
    public double? Pass(int k) => Each(k, question => PassAtK.Of(Repeats, question.Scores.Count(score => score == 1), k));

    /// <summary>The share of questions that the first k answers of a replicate get right by majority; null for more than there are.</summary>
    public double? Majority(int k) => Each(k, question => MajorityVote.Of([.. question.Votes.Take(k)], [.. question.Scores.Take(k)]));

    /// <summary>The accuracy of the first k answers; null for more than there are.</summary>
    public double? Average(int k) => Each(k, question => question.Scores.Take(k).Average());

    /// <summary>The names over whose values averages are taken.</summary>
    public IReadOnlyList<string> GroupNames => [.. Replicates[0].SelectMany(question => question.Groups.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Accuracy by the value of a name, in ordinal order, with the number of questions. Questions without a value are left out.</summary>
    public IReadOnlyList<(string Value, int Questions, double Accuracy)> Groups(string name) =>
    [
        .. Enumerable.Range(0, Questions)
            .Where(q => Replicates[0][q].Groups.ContainsKey(name))
            .GroupBy(q => Replicates[0][q].Groups[name])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count(), group.Average(q => Replicates.Average(replicate => replicate[q].Scores.Average())))),
    ];

    private double? Each(int k, Func<MeasuredQuestion, double> of) => k > Repeats ? null : Replicates.Average(replicate => replicate.Average(of));

    private static RepeatedMean Mean(IReadOnlyList<MeasuredQuestion> replicate)
    {
        double[,] values = new double[replicate.Count, replicate[0].Scores.Count];
        for (int q = 0; q < replicate.Count; q++)
        {
            for (int r = 0; r < replicate[q].Scores.Count; r++)
            {
                values[q, r] = replicate[q].Scores[r];
            }
        }

        return RepeatedMean.Of(values);
    }
}
