using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Power.Bench;

/// <summary>
/// How much the effect of a method depends on the block, the world and base student that it was measured in: the effects over all sizes of the same table in
/// two folders of results. Blocks share nothing, so that the difference of two effects has the variance se_a^2 + se_b^2 + 2 tau^2, of which tau^2 is the
/// variance of a method's effect from block to block; it is estimated by moments over the methods, at least 0.
/// </summary>
internal static class Blocks
{
    private const string Table = "Table1.csv";

    private sealed record Effect(double Points, double Error);

    public static void Write(string first, string second, TextWriter output)
    {
        Dictionary<(string Benchmark, string Method), Effect> one = Read(first), other = Read(second);
        output.WriteLine(
            $"| benchmark | method | {Path.GetFileName(first)} | {Path.GetFileName(second)} | mean | difference | its p after Holm |\n"
            + "| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        List<string> spread = [];
        foreach (IGrouping<string, (string Benchmark, string Method)> benchmark in one.Keys.GroupBy(key => key.Benchmark, StringComparer.Ordinal))
        {
            (string Benchmark, string Method)[] keys = [.. benchmark];
            double[] differences = [.. keys.Select(key => one[key].Points - other[key].Points)];
            double[] variances = [.. keys.Select(key => Square(one[key].Error) + Square(other[key].Error))];
            double[] ps = [.. differences.Zip(variances, (difference, variance) => Normal.TwoSided(difference / Math.Sqrt(variance)))];
            double[] corrected = MultipleTesting.Holm(ps);
            for (int i = 0; i < keys.Length; i++)
            {
                (double a, double b) = (one[keys[i]].Points, other[keys[i]].Points);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {keys[i].Benchmark} | {keys[i].Method} | {Signed(a)} | {Signed(b)} | {Signed((a + b) / 2)} | {Signed(a - b)} | {corrected[i]:0.00} |"));
            }

            double tau = Math.Sqrt(Math.Max(0, differences.Zip(variances, (difference, variance) => (Square(difference) - variance) / 2).Average()));
            double noise = Math.Sqrt(variances.Average() / 2);
            spread.Add(string.Create(CultureInfo.InvariantCulture, $"| {benchmark.Key} | {noise:0.0} | {tau:0.0} |"));
        }

        output.WriteLine("\n| benchmark | standard error of an effect in a block | sd of a method's effect from block to block |\n| --- | ---: | ---: |");
        spread.ForEach(output.WriteLine);
    }

    // The rows of the primary family: each method over all sizes.
    private static Dictionary<(string Benchmark, string Method), Effect> Read(string folder)
    {
        string text = TextFiles.ReadStrict(Path.Combine(folder, Table));
        string[][] rows = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int[] at = [.. new[] { "benchmark", "method", "size", "diff", "se_diff" }.Select(column => Array.IndexOf(rows[0], column))];
        return rows.Skip(1).Where(row => row[at[2]] == "all").ToDictionary(
            row => (row[at[0]], row[at[1]]), row => new Effect(100 * Number(row[at[3]]), 100 * Number(row[at[4]])));
    }

    // Rounded first: a format with sections gives a small negative number both signs.
    private static string Signed(double points) => (Math.Round(points, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Square(double value) => value * value;
}
