using System.Globalization;
using System.Text;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>A method against the baseline over all sizes of a benchmark: the mean of its differences, each size weighing the same.</summary>
/// <param name="Method">The method.</param>
/// <param name="Mix">The mix of both.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Results">The cells, size by size.</param>
/// <param name="Comparison">The test, noise pooled by size.</param>
/// <param name="Unpooled">The same with each student's own noise alone.</param>
internal sealed record OverSizes(
    string Method, string? Mix, TableBenchmark Benchmark, IReadOnlyList<CellResult> Results, CrossedContrast Comparison, CrossedContrast Unpooled)
{
    /// <summary>p after Holm over the methods of the column; null for a degenerate comparison.</summary>
    public double? HolmP { get; init; }

    /// <summary>p of the unpooled test after Holm.</summary>
    public double? UnpooledHolmP { get; init; }

    /// <summary>The comparisons, where they are the table's primary family: of every method that is at each size of the baseline, two or more.</summary>
    public static List<OverSizes> Of(TableOptions options, IReadOnlyList<CellResult> results)
    {
        if (options.FamilyOverSizes != true)
        {
            return [];
        }

        NoisePools pools = new([.. results.Select(result => result.Scores)]);
        List<OverSizes> all = [];
        foreach (TableBenchmark benchmark in options.Benchmarks)
        {
            List<OverSizes> column = [];
            foreach (IGrouping<(string? Method, string? Mix), CellResult> group in results
                .Where(result =>
                    result.Scores.Benchmark == benchmark && result.Baseline is not null && result.Scores.Cell is { Baseline: null, Calibration: false })
                .GroupBy(result => (result.Scores.Cell.Method, result.Scores.Cell.Mix)))
            {
                CellResult[] sizes = [.. group.OrderBy(result => result.Scores.Cell.Size)];
                int wanted = options.Cells.Where(cell => cell.Method == options.Baseline && cell.Mix == group.Key.Mix)
                    .Select(cell => cell.Size).Distinct().Count();
                if (wanted > 1 && sizes.Length == wanted)
                {
                    column.Add(new OverSizes(group.Key.Method!, group.Key.Mix, benchmark, sizes, Test(sizes, pools), Test(sizes, null)));
                }
            }

            double?[] pooled = Holm([.. column.Select(one => one.Comparison.P)]), own = Holm([.. column.Select(one => one.Unpooled.P)]);
            all.AddRange(column.Select((one, i) => one with { HolmP = pooled[i], UnpooledHolmP = own[i] }));
        }

        return all;
    }

    /// <summary>The rows of the csv, in the columns of <see cref="CsvTable.Header"/>.</summary>
    public string[] Row(string baseline)
    {
        string Address(string method) => $"{method}/{AllSizes}{(Mix is null ? "" : "/" + Mix)}";
        return
        [
            Address(Method),
            Method,
            AllSizes,
            Mix ?? "",
            Benchmark.Name,
            Results[0].Scores.N.ToString(CultureInfo.InvariantCulture),
            Results.Min(result => result.Scores.Replicates).ToString(CultureInfo.InvariantCulture),
            Numbers.Fixed(Results.Average(result => result.Scores.Accuracy), 6),
            "",
            Address(baseline),
            Numbers.Fixed(Difference, 6),
            Numbers.Fixed(Comparison.StandardError, 6),
            Numbers.Fixed(Comparison.DegreesOfFreedom, 1),
            Numbers.P(Comparison.P),
            Numbers.P(HolmP),
            Comparison.Degeneracy == Degeneracy.None ? "" : CellResult.InWords(Comparison.Degeneracy)!,
            "",
            "",
            "",
            "",
        ];
    }

    /// <summary>The word in the place of a size that means all sizes together.</summary>
    public const string AllSizes = "all";

    /// <summary>The mean of the differences, as a fraction.</summary>
    public decimal Difference => Results.Average(result => result.Difference);

    /// <summary>The section of the page; empty without comparisons.</summary>
    public static string Section(TableOptions options, IReadOnlyList<OverSizes> all)
    {
        if (all.Count == 0)
        {
            return "";
        }

        TableBenchmark[] benchmarks = [.. options.Benchmarks.Where(benchmark => all.Any(one => one.Benchmark == benchmark))];
        StringBuilder text = new($"\n## Primary family: {options.Family}\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Points against {options.Baseline}, the mean of the differences at all sizes, with the 95 % interval; p after Holm over the methods of the "
            + $"column, * at most {Level}.\n\n");
        MarkdownRows.Write(
            text,
            ["method", "mix", .. benchmarks.Select(benchmark => benchmark.Name + " Δ (Holm p)")],
            all.GroupBy(one => (one.Method, one.Mix)).Select(method =>
                (string[])[method.Key.Method, method.Key.Mix
                    ?? "", .. benchmarks.Select(benchmark => method.FirstOrDefault(one => one.Benchmark == benchmark)?.InWords() ?? "")]));
        text.Append('\n');
        foreach (TableBenchmark benchmark in benchmarks)
        {
            OverSizes[] tested = [.. all.Where(one => one.Benchmark == benchmark && one.HolmP is not null)];
            string Median(double level) => MedianDetectable([.. tested.Select(one => one.Comparison)], level);
            if (tested.Length > 0)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"- {benchmark.Name}: minimum detectable effect {Median(Level)} points at level {Level} ({Median(Level / tested.Length)} at Holm's first "
                    + $"of {tested.Length}), power {WantedPower}, median of the comparisons.\n");
            }

            foreach (OverSizes one in tested.Where(one => Families.RestsOnPooling(one.HolmP, one.UnpooledHolmP)))
            {
                text.Append("- ").Append(Families.OfPooling($"{one.Method} on {benchmark.Name}", one.HolmP, one.UnpooledHolmP)).Append('\n');
            }
        }

        return text.ToString();
    }

    private string InWords()
    {
        string difference = Numbers.Signed(100 * Difference, 1);
        Interval interval = Comparison.Interval(1 - Level);
        return HolmP is null
            ? $"{difference} (degenerate: {CellResult.InWords(Comparison.Degeneracy)})"
            : $"{difference}{(HolmP <= Level ? "*" : "")} ({Numbers.P(HolmP)}) [{Numbers.Fixed(100 * interval.Low, 1)}, "
                + $"{Numbers.Fixed(100 * interval.High, 1)}]";
    }

    private static CrossedContrast Test(CellResult[] sizes, NoisePools? pools) => CrossedContrast.Of([.. sizes.SelectMany(result => (ContrastTerm[])
    [
        new ContrastTerm(1.0 / sizes.Length, result.Scores.Strata, pools?.Of(result.Scores), result.Scores.Students),
        new ContrastTerm(-1.0 / sizes.Length, result.Baseline!.Strata, pools?.Of(result.Baseline), result.Baseline.Students),
    ])]);

    private static double?[] Holm(double?[] p)
    {
        int[] tested = [.. Enumerable.Range(0, p.Length).Where(i => p[i] is not null)];
        double[] adjusted = MultipleTesting.Holm([.. tested.Select(i => p[i]!.Value)]);
        double?[] result = new double?[p.Length];
        for (int k = 0; k < tested.Length; k++)
        {
            result[tested[k]] = adjusted[k];
        }

        return result;
    }
}
