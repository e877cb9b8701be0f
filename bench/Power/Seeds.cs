using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Power.Bench;

/// <summary>
/// Are students independent although replicates of one seed draw from streams of the same name? Two-way analysis of variance of accuracies, seed x student, by
/// benchmark and size, with the seeds that all students of a size have: F is the mean square between seeds over that of seed x student. Sharing that moves
/// students alike makes F large.
/// </summary>
internal static class Seeds
{
    private sealed record Test(double F, int SeedFreedom, int RestFreedom)
    {
        // A quantile of F from that of the beta distribution of x = SeedFreedom F/(SeedFreedom F + RestFreedom).
        public double Upper()
        {
            double x = Beta.Quantile(SeedFreedom / 2.0, RestFreedom / 2.0, 0.95);
            return RestFreedom * x / (SeedFreedom * (1 - x));
        }
    }

    /// <summary>Writes F of the same table in two folders of results, and how the values lie about the point that 5 % of them exceed by chance.</summary>
    public static void Write(string first, string second, string table, TextWriter output)
    {
        Dictionary<(string Benchmark, int Size), Test> one = Read(first, table), other = Read(second, table);
        output.WriteLine(
            $"| benchmark | size | F of seeds, {Path.GetFileName(first)} | F of seeds, {Path.GetFileName(second)} |\n| --- | ---: | ---: | ---: |");
        (string Benchmark, int Size)[] keys = [.. one.Keys.Where(other.ContainsKey)];
        foreach ((string Benchmark, int Size) key in keys)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {key.Benchmark} | {key.Size} | {one[key].F:F2} | {other[key].F:F2} |"));
        }

        output.WriteLine();
        foreach (IGrouping<(int SeedFreedom, int RestFreedom), Test> alike
            in keys.SelectMany(key => new[] { one[key], other[key] }).GroupBy(test => (test.SeedFreedom, test.RestFreedom)))
        {
            double[] ordered = [.. alike.Select(test => test.F).Order()];
            double median = (ordered[ordered.Length / 2] + ordered[(ordered.Length - 1) / 2]) / 2, upper = alike.First().Upper();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ordered.Length} tests with {alike.Key.SeedFreedom} and {alike.Key.RestFreedom} degrees of freedom: median {median:F2}, "
                + $"smallest {ordered[0]:F2}, largest {ordered[^1]:F2}; {ordered.Count(f => f > upper)} above the upper 5 % point, {upper:F2}."));
        }
    }

    private static Dictionary<(string Benchmark, int Size), Test> Read(string folder, string table)
    {
        OutcomesFile file = OutcomesFile.Parse(TextFiles.ReadStrict(Path.Combine(folder, table + ".outcomes")));
        Dictionary<(string Benchmark, int Size), Test> tests = [];
        foreach (IGrouping<(string Benchmark, string Size), KeyValuePair<(string Cell, string Benchmark, string Seed), string>> rows
            in file.Rows.Where(row => row.Key.Cell.Split('/') is [_, _, "System2"]).GroupBy(row => (row.Key.Benchmark, row.Key.Cell.Split('/')[1])))
        {
            string[] students = [.. rows.Select(row => row.Key.Cell).Distinct()];
            string[] shared = [.. rows.GroupBy(row => row.Key.Seed).Where(seed => seed.Count() == students.Length).Select(seed => seed.Key)];
            if (students.Length < 2 || shared.Length < 2)
            {
                continue;
            }

            double[,] accuracies = new double[shared.Length, students.Length];
            for (int i = 0; i < shared.Length; i++)
            {
                for (int j = 0; j < students.Length; j++)
                {
                    accuracies[i, j] = file.Rows[(students[j], rows.Key.Benchmark, shared[i])].Average(verdict => verdict == '1' ? 1.0 : 0);
                }
            }

            CrossedMeanSquares squares = CrossedMeanSquares.Of(accuracies);
            tests[(rows.Key.Benchmark, int.Parse(rows.Key.Size, CultureInfo.InvariantCulture))] =
                new Test(squares.Question / squares.Residual, shared.Length - 1, (shared.Length - 1) * (students.Length - 1));
        }

        return tests;
    }
}
