using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Power.Bench;

/// <summary>
/// How much the effect of a method depends on the block, the world and base student that it was measured in: the effects of the same table in two folders of
/// results, over all sizes where the table has those. Blocks share nothing, so that the difference of two effects has the variance
/// se_a^2 + se_b^2 + 2 tau^2, of which tau^2 is the variance of a method's effect from block to block; it is estimated by moments over the methods, at least 0.
/// </summary>
internal static class Blocks
{
    private sealed record Effect(double Points, double Error);

    public static void Write(string first, string second, string table, TextWriter output)
    {
        Dictionary<(string Benchmark, string Cell), Effect> one = Read(first, table), other = Read(second, table);
        output.WriteLine(
            $"| benchmark | cell | {Path.GetFileName(first)} | {Path.GetFileName(second)} | mean | difference | its p after Holm |\n"
            + "| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        List<string> spread = [];
        foreach (IGrouping<string, (string Benchmark, string Cell)> benchmark
            in one.Keys.Where(other.ContainsKey).GroupBy(key => key.Benchmark, StringComparer.Ordinal))
        {
            (string Benchmark, string Cell)[] keys = [.. benchmark];
            double[] differences = [.. keys.Select(key => one[key].Points - other[key].Points)];
            double[] variances = [.. keys.Select(key => Square(one[key].Error) + Square(other[key].Error))];
            double[] ps = [.. differences.Zip(variances, (difference, variance) => Normal.TwoSided(difference / Math.Sqrt(variance)))];
            double[] corrected = MultipleTesting.Holm(ps);
            for (int i = 0; i < keys.Length; i++)
            {
                (double a, double b) = (one[keys[i]].Points, other[keys[i]].Points);
                string p = corrected[i] < 0.005 ? "<0.01" : corrected[i].ToString("0.00", CultureInfo.InvariantCulture);
                output.WriteLine($"| {keys[i].Benchmark} | {keys[i].Cell} | {Signed(a)} | {Signed(b)} | {Signed((a + b) / 2)} | {Signed(a - b)} | {p} |");
            }

            double tau = Math.Sqrt(Math.Max(0, differences.Zip(variances, (difference, variance) => (Square(difference) - variance) / 2).Average()));
            double noise = Math.Sqrt(variances.Average() / 2);
            spread.Add(string.Create(CultureInfo.InvariantCulture, $"| {benchmark.Key} | {noise:0.0} | {tau:0.0} |"));
        }

        output.WriteLine("\n| benchmark | standard error of an effect in a block | sd of a method's effect from block to block |\n| --- | ---: | ---: |");
        spread.ForEach(output.WriteLine);
    }

    // Each method over all sizes, the primary family, where there is one; else every comparison.
    private static Dictionary<(string Benchmark, string Cell), Effect> Read(string folder, string table)
    {
        string text = TextFiles.ReadStrict(Path.Combine(folder, table + ".csv"));
        string[][] rows = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int At(string column) => Array.IndexOf(rows[0], column);
        string[][] compared = [.. rows.Skip(1).Where(row => row[At("se_diff")].Length > 0)];
        string[][] over = [.. compared.Where(row => row[At("size")] == "all")];
        return (over.Length > 0 ? over : compared).ToDictionary(
            row => (row[At("benchmark")], row[At("cell")]), row => new Effect(100 * Number(row[At("diff")]), 100 * Number(row[At("se_diff")])));
    }

    // Rounded first: a format with sections gives a small negative number both signs.
    private static string Signed(double points) => (Math.Round(points, 1) + 0.0).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Square(double value) => value * value;
}
