using System.Globalization;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>One row per finding. Values are in points, tokens or as a ratio (column <c>unit</c>), p-values have two significant digits.</summary>
internal static class FindingsCsv
{
    private const string Header =
        "id,kind,family,verdict,estimate,low,high,interval_level,p,p_holm,detectable,direction,reference,smallest,measure,unit,"
        + "contrast,endpoint,levels,seeds,replicates,degenerate,seen,statement,paper";

    public static string Write(IEnumerable<FindingResult> results) => CsvTable.Lines(results.Select(Row).Prepend(Header.Split(',')));

    /// <summary>
    /// The contrast in a line: <c>1 x Table1/A/1000/System2 - 1 x Table1/B/1000/System2</c>, the two cells of a ratio, or a cell above the line of two others.
    /// </summary>
    public static string Contrast(Finding finding)
    {
        string[] cells = [.. finding.Terms.Select(term => Cell(finding, term))];
        return finding.As switch
        {
            FindingForm.Ratio => $"{cells[0]} / {cells[1]}",
            FindingForm.Chord => $"{cells[0]} above the line from {cells[1]} to {cells[2]}",
            _ => string.Concat(finding.Terms.Select((term, i) => (term.Weight < 0 ? (i == 0 ? "-" : " - ") : i == 0 ? "" : " + ")
                + (Math.Abs(term.Weight) == 1 ? "" : Number(Math.Abs(term.Weight)) + " x ") + cells[i])),
        };
    }

    /// <summary>The endpoint in a line: benchmarks, with weights where it is no plain mean.</summary>
    public static string Endpoint(Finding finding) => finding.Strata.All(stratum => Math.Abs((stratum.Weight * finding.Strata.Count) - 1) < 1e-9)
        ? string.Join(", ", finding.Strata.Select(stratum => stratum.Benchmark))
        : string.Join(" ", finding.Strata.Select(stratum => (stratum.Weight < 0 ? "-" : "+") + Number(Math.Abs(stratum.Weight)) + " x " + stratum.Benchmark));

    /// <summary>The levels in a line; empty for all.</summary>
    public static string Levels(Finding finding) =>
        finding.PlusLevels.Count == 0 ? "" : $"{string.Join(" and ", finding.PlusLevels)} minus {string.Join(" and ", finding.MinusLevels)}";

    private static string Cell(Finding finding, FindingTerm term) => finding.Best is { } best && term.Cell == best.Chosen
        ? string.Create(CultureInfo.InvariantCulture, $"{term.Cell} (best of {best.Of.Count} on seeds {string.Join(' ', best.Seeds)})")
        : term.Cell;

    private static string[] Row(FindingResult result)
    {
        Finding finding = result.Finding;
        return
        [
            finding.Id,
            finding.IsControl ? "control" : "finding",
            finding.Family,
            result.Verdict.Word(),
            FindingNumbers.Value(result, result.Estimate, 4),
            FindingNumbers.Value(result, result.Interval.Low, 4),
            FindingNumbers.Value(result, result.Interval.High, 4),
            Numbers.Fixed(1 - result.Alpha, 6),
            Numbers.P(result.P),
            Numbers.P(result.HolmP),
            FindingNumbers.Value(result, result.Detectable, 4),
            finding.Direction,
            Number(finding.Reference),
            Number(finding.Smallest),
            finding.Measure,
            result.Unit,
            Contrast(finding),
            Endpoint(finding),
            Levels(finding),
            string.Join(';', finding.Seeds.Where(finding.Counts)),
            string.Join(';', result.Replicates),
            result.Degenerate ?? "",
            finding.Seen,
            finding.Statement,
            finding.Paper ?? "",
        ];
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
