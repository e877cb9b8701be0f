using System.Globalization;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>What became of a table's positive controls: effects that must be found, or the table says which size of effect it cannot see.</summary>
internal static class ExpectedEffects
{
    /// <summary>One sentence for each row that says what is expected of it.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<CellResult> results)
    {
        foreach (IGrouping<TableCell, CellResult> row in results.Where(result => result.Scores.Cell.Expect is not null && result.Comparison is not null)
            .GroupBy(result => result.Scores.Cell))
        {
            string[] verdicts = [.. row.Select(result => Verdict(result, results.Count(other => IsCorrectedWith(result, other))))];
            yield return $"Positive control {row.Key.Address}, "
                + $"which must be {row.Key.Expect} than {row.First().Baseline!.Cell.Address}: {string.Join("; ", verdicts)}.";
        }
    }

    private static bool IsCorrectedWith(CellResult result, CellResult other) =>
        other.HolmP is not null && other.Scores.Benchmark == result.Scores.Benchmark && other.Scores.Cell.Calibration == result.Scores.Cell.Calibration;

    private static string Verdict(CellResult result, int comparisons)
    {
        string name = result.Scores.Benchmark.Name, difference = Numbers.Signed(100 * result.Difference, 1);
        if (result.Degenerate is { } reason)
        {
            return $"no test on {name} ({reason})";
        }

        bool expected = result.Scores.Cell.Expect == TableCell.Better ? result.Difference > 0 : result.Difference < 0;
        string detectable = Numbers.Fixed(100 * result.Comparison!.MinimumDetectable(WantedPower, Level / Math.Max(1, comparisons)), 1);
        return result.HolmP <= Level
            ? $"{(expected ? "found" : "**the opposite was found**")} on {name} ({difference} points, p {Numbers.P(result.HolmP)})"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"not found on {name} ({difference} points, p {Numbers.P(result.HolmP)}), where effects below {detectable} points cannot be relied on to be "
                + $"seen (power {WantedPower})");
    }
}
