using System.Globalization;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Power.Bench;

/// <summary>What a table of eight methods at two sizes could see, by its numbers of questions and replicates, and what its students cost.</summary>
internal static class Design
{
    private const int Methods = 8;

    // Lane-seconds of a student of mini on a quiet machine of two cores, from the run of 2026-11-30: training and small targets, and a question of the
    // three benchmarks (with answers of 50 tokens); Transfer keeps 500 questions.
    private const double SecondsOfTraining = 3.7, SecondsOfQuestion = 0.0026, SecondsOfTransfer = 0.4, SecondsOfWorld = 205;

    private static readonly (int Questions, int Replicates, int Baseline)[] Designs =
        [(500, 3, 3), (2000, 3, 3), (2000, 3, 12), (1000, 5, 20), (2000, 5, 20), (1000, 8, 20), (1000, 12, 36), (2000, 8, 20), (2000, 9, 36)];

    public static void Write(IReadOnlyList<MeasuredVariance> measured, TextWriter to)
    {
        MeasuredVariance[] shown = [.. measured.Where(one => one.Benchmark != "Transfer")];
        string[] benchmarks = [.. shown.Select(one => one.Benchmark).Distinct()];
        to.WriteLine(
            $"| questions | replicates | of Random | {string.Join(" | ", benchmarks.Select(name => name + " by size"))} | "
            + $"{string.Join(" | ", benchmarks.Select(name => name + " over sizes"))} | minutes |");
        to.WriteLine("| ---: | ---: | ---: |" + string.Concat(Enumerable.Repeat(" ---: |", (2 * benchmarks.Length) + 1)));
        foreach ((int questions, int replicates, int baseline) in Designs)
        {
            string BySize(string name)
            {
                double[] effects = [.. shown.Where(one => one.Benchmark == name).Select(one => Effect([one], questions, replicates, baseline, 2 * Methods))];
                return string.Create(CultureInfo.InvariantCulture, $"{effects.Min():F1} to {effects.Max():F1}");
            }

            string Over(string name) =>
                Effect([.. shown.Where(one => one.Benchmark == name)], questions, replicates, baseline, Methods).ToString("F1", CultureInfo.InvariantCulture);
            double students = 2 * ((Methods * replicates) + baseline);
            double minutes = (SecondsOfWorld + (students * (SecondsOfTraining + (questions * SecondsOfQuestion) + SecondsOfTransfer) / 2)) / 60;
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {questions} | {replicates} | {baseline} | {string.Join(" | ", benchmarks.Select(BySize))} | {string.Join(" | ", benchmarks.Select(Over))} "
                + $"| {minutes:F1} |"));
        }
    }

    // The formulas of CrossedContrast with the variances put in for their estimates; sizes are independent except for the questions' own effects, which cancel.
    private static double Effect(MeasuredVariance[] sizes, int questions, int replicates, int baseline, int family)
    {
        double share = (1.0 / replicates) + (1.0 / baseline), weight = 1.0 / sizes.Length / sizes.Length;
        double variance = 0, uncertainty = 0;
        foreach (MeasuredVariance one in sizes)
        {
            double ofQuestions = weight * (one.Interaction + (one.Answers * share)) / questions;
            double between = weight * share * (one.Noise.Excess + (one.Answers / questions));
            variance += ofQuestions + (weight * share * one.Noise.Excess);
            uncertainty += (ofQuestions * ofQuestions / (questions - 1)) + (between * between / ((Methods * (replicates - 1)) + baseline - 1));
        }

        return 100 * Statistics.Power.Difference(Math.Sqrt(variance), variance * variance / uncertainty, WantedPower, Level / family);
    }
}
