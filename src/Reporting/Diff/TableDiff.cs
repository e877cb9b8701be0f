using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>A table in two places: per cell and benchmark old and new value, and what made the difference.</summary>
/// <param name="Table">The table.</param>
/// <param name="Against">Where the old side comes from, in words.</param>
/// <param name="Rows">Per cell and benchmark, in ordinal order.</param>
public sealed record TableDiff(string Table, string Against, IReadOnlyList<DiffRow> Rows)
{
    /// <summary>Packages, code and numerics that differ.</summary>
    public IReadOnlyList<LockChange> Circumstances { get; init; } = [];

    /// <summary>The rows that are not the same on both sides.</summary>
    public IEnumerable<DiffRow> Differing => Rows.Where(row => row.Verdict != LockVerdict.Holds);

    /// <summary>How many values differ, in one sentence.</summary>
    public string Headline
    {
        get
        {
            int differing = Differing.Count();
            return string.Create(CultureInfo.InvariantCulture, $"{Table} against {Against}: ")
                + (differing == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"all {Rows.Count} values are the same")
                    : string.Create(CultureInfo.InvariantCulture, $"{differing} of {Rows.Count} values differ"));
        }
    }

    /// <summary>Compares two sides, one of which may be missing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="against">Where the old side comes from.</param>
    /// <param name="old">The old side; null for a table that is new.</param>
    /// <param name="now">The new side; null for one that is gone.</param>
    /// <param name="questions">See <see cref="TableResult.Questions"/>.</param>
    /// <param name="why">Why the output of a step is another one; null where that is not known.</param>
    public static TableDiff Of(
        string table, string against, DiffSide? old, DiffSide? now, Func<string, string, IReadOnlyList<string>?> questions, Func<DiffStep, string?> why)
    {
        OutcomePairs pairs = OutcomePairs.Of(old?.Outcomes ?? "", now?.Outcomes ?? "", questions);
        IEnumerable<(string Cell, string Benchmark)> keys = Keys(old).Union(Keys(now)).OrderBy(key => key.Cell, StringComparer.Ordinal)
            .ThenBy(key => key.Benchmark, StringComparer.Ordinal);
        return new TableDiff(table, against, [.. keys.Select(key => Row(old, now, key.Cell, key.Benchmark, pairs.Find(key.Cell, key.Benchmark), why))])
        {
            Circumstances = Provenance.Between(old?.Lock.Provenance, now?.Lock.Provenance),
        };
    }

    private static IEnumerable<(string Cell, string Benchmark)> Keys(DiffSide? side) => side is null
        ? []
        : side.Lock.Body["cells"]!.AsObject().SelectMany(cell => cell.Value!["benchmarks"]!.AsObject().Select(benchmark => (cell.Key, benchmark.Key)));

    private static DiffRow Row(DiffSide? old, DiffSide? now, string cell, string benchmark, OutcomePair? pair, Func<DiffStep, string?> why)
    {
        JsonNode? before = Values(old, cell, benchmark), after = Values(now, cell, benchmark);
        if (before is null || after is null)
        {
            return new DiffRow(cell, benchmark, before is null ? LockVerdict.Added : LockVerdict.Missing, Percent(before), Percent(after));
        }

        DiffStep? step = DiffStep.First(old!.Lock, now!.Lock, cell, benchmark);
        bool same = step is null && JsonNode.DeepEquals(before, after);
        bool sameProbe = JsonNode.DeepEquals(old.Lock.Body["probe"], now.Lock.Body["probe"]);
        return new DiffRow(
            cell, benchmark, same ? LockVerdict.Holds : sameProbe ? LockVerdict.Moved : LockVerdict.NotComparable, Percent(before), Percent(after))
        {
            Difference = Numbers.Signed(100 * (Mean(after) - Mean(before)), 2),
            Test = same ? "" : pair?.Test ?? "other questions: no paired test",
            Questions = pair is { Changed: > 0 }
                ? string.Create(
                    CultureInfo.InvariantCulture, $"{pair.Changed} of {pair.Answers}, first {pair.FirstQuestion} (seed {pair.FirstSeed}): {pair.FirstChange}")
                : "",
            Stage = same ? "" : step is null ? "table" : string.Create(CultureInfo.InvariantCulture, $"{step.Step} (seed {step.Seed})"),
            Why = step is null ? "" : why(step) ?? "",
        };
    }

    private static JsonNode? Values(DiffSide? side, string cell, string benchmark) => side?.Lock.Body["cells"]![cell]?["benchmarks"]?[benchmark];

    private static decimal Mean(JsonNode values) => decimal.Parse(values["mean"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string Percent(JsonNode? values) => values is null ? "" : Numbers.Fixed(100 * Mean(values), 2);
}
