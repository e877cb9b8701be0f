using System.Globalization;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>What a table says of its families of comparisons, and of verdicts that depend on pooling.</summary>
internal static class Families
{
    /// <summary>Sentences below the caption.</summary>
    public static IEnumerable<string> Sentences(TableOptions options, IReadOnlyList<CellResult> results)
    {
        CellResult[] tested = [.. results.Where(result => result.HolmP is not null)];
        string[] outside =
            [.. tested.Where(result => result.Scores.Cell.Calibration).Select(result => result.Scores.Cell.Address).Distinct(StringComparer.Ordinal)];
        if (options.Family is { } family)
        {
            int comparisons = tested.Where(result => !result.Scores.Cell.Calibration).Select(result => result.Scores.Cell.Address)
                .Distinct(StringComparer.Ordinal).Count();
            yield return options.FamilyOverSizes == true
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Primary family: {family}, in a section of its own below; the {comparisons} comparisons by size are a second family.")
                : string.Create(CultureInfo.InvariantCulture, $"Primary family: {family} ({comparisons} comparisons of each column, corrected together).");
        }

        if (outside.Length > 0)
        {
            yield return $"Calibrations, corrected by themselves and no part of the family: {string.Join(", ", outside)}.";
        }

        foreach (CellResult result in tested.Where(result => RestsOnPooling(result.HolmP, result.UnpooledHolmP)))
        {
            yield return OfPooling($"{result.Scores.Cell.Address} on {result.Scores.Benchmark.Name}", result.HolmP, result.UnpooledHolmP);
        }
    }

    /// <summary>True where the verdict is another one by each student's own replicates alone.</summary>
    /// <param name="holmP">The corrected p with pooled noise.</param>
    /// <param name="unpooledHolmP">That without; null where there is none.</param>
    public static bool RestsOnPooling(double? holmP, double? unpooledHolmP) => unpooledHolmP is not null && (holmP <= Level) != (unpooledHolmP <= Level);

    /// <summary>The sentence on such a verdict.</summary>
    public static string OfPooling(string what, double? holmP, double? unpooledHolmP) =>
        $"{what}: the verdict depends on the pooled noise; p after Holm {Numbers.P(holmP)}, by each student's own replicates alone {Numbers.P(unpooledHolmP)}.";
}
