using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>A new result against a lock, cell by cell.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cells">Verdicts, the lock's cells first in ordinal order, then new ones.</param>
/// <param name="Changes">What differs beside the cells: class, probe, the digests of csv and outcomes.</param>
public sealed record LockComparison(string Table, IReadOnlyList<CellVerdict> Cells, IReadOnlyList<LockChange> Changes)
{
    /// <summary>Packages, code and numerics that are not those of the lock. They decide nothing; they may be why something moved.</summary>
    public IReadOnlyList<LockChange> Circumstances { get; init; } = [];

    /// <summary>Files beside the lock, or the lock itself, that are neither what was locked nor what was made now.</summary>
    public IReadOnlyList<LockChange> EditedFiles { get; init; } = [];

    /// <summary>True when nothing differs.</summary>
    /// <remarks>Values of the class <c>statistical</c> may differ within noise: the lock stands, and so does what it says of the csv.</remarks>
    public bool Holds => EditedFiles.Count == 0 && Cells.All(cell => cell.Verdict is LockVerdict.Holds or LockVerdict.Consistent)
        && (Changes.Count == 0 || IsConsistent);

    /// <summary>True when some values differ, and none by more than noise.</summary>
    public bool IsConsistent =>
        !NotComparable && Cells.Any(cell => cell.Verdict == LockVerdict.Consistent)
            && Cells.All(cell => cell.Verdict is LockVerdict.Holds or LockVerdict.Consistent);

    /// <summary>True when the probes differ, so that no verdict on the values is possible.</summary>
    public bool NotComparable => Cells.Any(cell => cell.Verdict == LockVerdict.NotComparable) || Changes.Any(change => change.Name == "probe");

    /// <summary>Compares two locks: bodies and, where both tell them, the digests of the provenance.</summary>
    public static LockComparison Of(ResultLock locked, ResultLock current)
    {
        bool sameProbe = JsonNode.DeepEquals(locked.Body["probe"], current.Body["probe"]);
        JsonObject oldCells = locked.Body["cells"]!.AsObject(), newCells = current.Body["cells"]!.AsObject();
        List<CellVerdict> cells = [];
        foreach (string cell in oldCells.Select(entry => entry.Key).Order(StringComparer.Ordinal))
        {
            LockChange[] moved = newCells.ContainsKey(cell) ? [.. Moved(locked, current, cell)] : [];
            cells.Add(new CellVerdict(
                cell,
                !newCells.ContainsKey(cell)
                    ? LockVerdict.Missing
                    : moved.Length == 0 ? LockVerdict.Holds : sameProbe ? LockVerdict.Moved : LockVerdict.NotComparable,
                moved)
            {
                IsStatistical = IsStatistical(locked, cell) && IsStatistical(current, cell),
            });
        }

        cells.AddRange(newCells.Select(entry => entry.Key).Where(cell => !oldCells.ContainsKey(cell)).Order(StringComparer.Ordinal)
            .Select(cell => new CellVerdict(cell, LockVerdict.Added, [])));
        return new LockComparison(
            current.Body["table"]!.GetValue<string>(),
            cells,
            [.. LockValues.Differences(LockValues.Flatten(locked.Body), LockValues.Flatten(current.Body))])
        {
            Circumstances = Provenance.Between(locked.Provenance, current.Provenance),
        };
    }

    /// <summary>A few lines for people; one when everything holds, unless every cell is asked for.</summary>
    public string Render(bool everyCell = false)
    {
        StringBuilder text = new();
        text.Append(Table).Append(
            Holds ? string.Create(CultureInfo.InvariantCulture, $": the lock holds ({Cells.Count} {(Cells.Count == 1 ? "cell" : "cells")})\n")
            : NotComparable ? ": not comparable with the lock, which was made under another numerics probe\n"
            : ": the lock does not hold\n");
        foreach (LockChange change in (Holds ? [] : Changes).Concat(EditedFiles))
        {
            text.Append("  ").Append(change).Append('\n');
        }

        foreach (CellVerdict cell in Cells.Where(cell => everyCell || cell.Verdict != LockVerdict.Holds))
        {
            text.Append("  ").Append(cell.Cell).Append(": ").Append(cell.Verdict.Word()).Append('\n');
            foreach (string line in cell.Changes.Select(change => change.ToString()).Concat(cell.Outcomes.Select(pair => pair.ToString())))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        foreach (LockChange change in Holds ? [] : Circumstances)
        {
            text.Append("  made with other ").Append(change).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsStatistical(ResultLock file, string cell) => (string?)file.Provenance?["cells"]?[cell]?["class"] == "statistical";

    private static IEnumerable<LockChange> Moved(ResultLock locked, ResultLock current, string cell)
    {
        IEnumerable<LockChange> values = LockValues.Differences(
            LockValues.Flatten(locked.Body["cells"]![cell]), LockValues.Flatten(current.Body["cells"]![cell]));
        JsonNode? old = locked.Provenance?["cells"]?[cell], now = current.Provenance?["cells"]?[cell];
        return old is null || now is null ? values : values.Concat(LockValues.Differences(LockValues.Flatten(old), LockValues.Flatten(now)));
    }
}
