using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>
/// What a table's tests say, in sentences: which rows are better or worse than what they are compared with, and what is missed. Prose elsewhere quotes
/// these lines, so that no sentence about a table outlives its numbers.
/// </summary>
internal static class InWords
{
    /// <summary>The section of the page: of the primary family over sizes where the table has one, else of all comparisons. Empty without a test.</summary>
    public static string Section(TableOptions options, IReadOnlyList<CellResult> results, IReadOnlyList<OverSizes> family)
    {
        List<Judgement> cells = [.. results.Where(result => result.HolmP is not null).Select(Judgement.Of)];
        List<Judgement> primary = family.Count > 0
            ? [.. family.Where(one => one.HolmP is not null)
                .Select(one => Judgement.Of(one, options.Baseline, family.Select(other => other.Mix).Distinct().Count() > 1))]
            : [.. cells.Where(cell => !cell.Calibration)];
        string[] sentences =
        [
            .. Primary(primary, family.Count > 0),
            .. cells.Where(cell => cell.Calibration).GroupBy(cell => (cell.Row, cell.Than)).Select(Calibration),
        ];
        return sentences.Length == 0 ? "" : $"\n## In words\n\n{string.Concat(sentences.Select(sentence => $"- {sentence}\n"))}";
    }

    private static IEnumerable<string> Primary(List<Judgement> judgements, bool overSizes)
    {
        if (judgements.Count == 0)
        {
            yield break;
        }

        string[] than = [.. judgements.Select(one => one.Than).Distinct()];
        string compared = than.Length == 1 ? than[0] : "what it is compared with";
        string where = overSizes ? ", the mean over all sizes" : "";
        foreach (bool better in (bool[])[true, false])
        {
            string word = better ? "better" : "worse";
            Judgement[] found = [.. judgements.Where(one => one.IsFound && one.Difference > 0 == better)];
            if (found.Length == 0)
            {
                yield return $"{(overSizes ? "No method" : "No row")} is {word} than {compared}{where}.";
            }

            foreach (IGrouping<(string Row, string Than), Judgement> row in found.GroupBy(one => (one.Row, one.Than)))
            {
                yield return $"{row.Key.Row} is {word} than {row.Key.Than}{where}: {Points(row)}.";
            }
        }

        // At Holm's first step.
        IEnumerable<string> missed = judgements.GroupBy(one => one.Benchmark)
            .Select(column => $"{MedianDetectable([.. column.Select(one => one.Comparison)], Level / column.Count())} points on {column.Key}");
        yield return $"A difference below {Listed.Of([.. missed])} is missed more often than once in five times.";
    }

    private static string Calibration(IGrouping<(string Row, string Than), Judgement> row)
    {
        string[] open = [.. row.Where(one => !one.IsFound).Select(one => one.Benchmark)];
        string[] parts =
        [
            .. Part("better", row.Where(one => one.IsFound && one.Difference > 0)),
            .. Part("worse", row.Where(one => one.IsFound && one.Difference < 0)),
            .. open.Length > 0 ? [$"not told apart on {Listed.Of(open)}"] : (string[])[],
        ];
        return $"Calibration, {row.Key.Row} against {row.Key.Than}: {string.Join("; ", parts)}.";
    }

    private static string[] Part(string word, IEnumerable<Judgement> found) => found.Any() ? [$"{word} by {Points(found)}"] : [];

    private static string Points(IEnumerable<Judgement> found) =>
        Listed.Of([.. found.Select(one => $"{Numbers.Signed(100 * one.Difference, 1)} points on {one.Benchmark} (p {Numbers.P(one.HolmP)}{Alone(one)})")]);

    private static string Alone(Judgement one) =>
        Families.RestsOnPooling(one.HolmP, one.UnpooledHolmP) ? $"; by its own replicates alone {Numbers.P(one.UnpooledHolmP)}" : "";

    /// <summary>One comparison: of a row, or of a method over all sizes.</summary>
    private sealed record Judgement(
        string Row, string Than, string Benchmark, decimal Difference, double HolmP, double? UnpooledHolmP, CrossedContrast Comparison, bool Calibration)
    {
        public bool IsFound => HolmP <= Level;

        public static Judgement Of(CellResult result) =>
            new(
                result.Scores.Cell.Address, result.Baseline!.Cell.Address, result.Scores.Benchmark.Name, result.Difference, result.HolmP!.Value,
                result.UnpooledHolmP, result.Comparison!, result.Scores.Cell.Calibration);

        public static Judgement Of(OverSizes one, string baseline, bool saysMix) =>
            new(
                saysMix ? $"{one.Method}/{one.Mix}" : one.Method, saysMix ? $"{baseline}/{one.Mix}" : baseline, one.Benchmark.Name, one.Difference,
                one.HolmP!.Value, one.UnpooledHolmP, one.Comparison, false);
    }
}
