using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>A new result against a lock, cell by cell.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cells">Verdicts, the lock's cells first in ordinal order, then new ones.</param>
/// <param name="Changes">What differs beside the cells: class, probe, the digests of csv and outcomes, or files that are not the lock's.</param>
public sealed record LockComparison(string Table, IReadOnlyList<CellVerdict> Cells, IReadOnlyList<LockChange> Changes)
{
    /// <summary>True when nothing differs.</summary>
    public bool Holds => Changes.Count == 0 && Cells.All(cell => cell.Verdict == LockVerdict.Holds);

    /// <summary>True when the probes differ, so that no verdict on the values is possible.</summary>
    public bool NotComparable => Cells.Any(cell => cell.Verdict == LockVerdict.NotComparable);

    /// <summary>Compares two lock bodies.</summary>
    public static LockComparison Of(JsonObject locked, JsonObject current)
    {
        bool sameProbe = JsonNode.DeepEquals(locked["probe"], current["probe"]);
        SortedDictionary<string, string> old = Flatten(locked), now = Flatten(current);
        List<LockChange> changes = [.. Differences(old, now)];
        JsonObject oldCells = locked["cells"]!.AsObject(), newCells = current["cells"]!.AsObject();
        List<CellVerdict> cells = [];
        foreach ((string cell, JsonNode? value) in oldCells.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            LockChange[] moved = newCells[cell] is { } other ? [.. Differences(Flatten(value!.AsObject()), Flatten(other.AsObject()))] : [];
            cells.Add(new CellVerdict(
                cell,
                newCells[cell] is null ? LockVerdict.Missing : moved.Length == 0 ? LockVerdict.Holds : sameProbe ? LockVerdict.Moved : LockVerdict.NotComparable,
                moved));
        }

        cells.AddRange(newCells.Select(entry => entry.Key).Where(cell => !oldCells.ContainsKey(cell)).Order(StringComparer.Ordinal)
            .Select(cell => new CellVerdict(cell, LockVerdict.Added, [])));
        return new LockComparison(current["table"]!.GetValue<string>(), cells, changes);
    }

    /// <summary>A few lines for people; one when everything holds.</summary>
    public string Render()
    {
        StringBuilder text = new();
        if (Holds)
        {
            return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Table}: the lock holds ({Cells.Count} cells)\n").ToString();
        }

        text.Append(Table).Append(NotComparable
            ? ": not comparable with the lock, which was made under another numerics probe\n"
            : ": the lock does not hold\n");
        foreach (LockChange change in Changes)
        {
            Line(text, "  ", change);
        }

        foreach (CellVerdict cell in Cells.Where(cell => cell.Verdict != LockVerdict.Holds))
        {
            text.Append("  ").Append(cell.Cell).Append(": ").Append(Word(cell.Verdict)).Append('\n');
            foreach (LockChange change in cell.Changes)
            {
                Line(text, "    ", change);
            }
        }

        return text.ToString();
    }

    private static string Word(LockVerdict verdict) => verdict switch
    {
        LockVerdict.Moved => "moved",
        LockVerdict.Missing => "missing",
        LockVerdict.Added => "not in the lock",
        LockVerdict.NotComparable => "not comparable",
        _ => "holds",
    };

    private static void Line(StringBuilder text, string indent, LockChange change) => text
        .Append(indent).Append(change.Name).Append(": ").Append(Short(change.Old)).Append(" -> ").Append(Short(change.New)).Append('\n');

    private static string Short(string value) => ContentHash.TryParse(value, out ContentHash hash) ? hash.Short : value.Length == 0 ? "(none)" : value;

    private static IEnumerable<LockChange> Differences(SortedDictionary<string, string> old, SortedDictionary<string, string> now) => old.Keys
        .Union(now.Keys, StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(name => new LockChange(name, old.GetValueOrDefault(name, ""), now.GetValueOrDefault(name, "")))
        .Where(change => change.Old != change.New);

    // Scalars and lists by their path; the cells themselves are compared one by one.
    private static SortedDictionary<string, string> Flatten(JsonObject node)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        void Visit(string path, JsonNode? value)
        {
            switch (value)
            {
                case JsonObject map:
                    foreach ((string key, JsonNode? member) in map)
                    {
                        string name = key == "benchmarks" ? path : path.Length == 0 ? key : path + "." + key;
                        if (!(path.Length == 0 && key == "cells"))
                        {
                            Visit(name, member);
                        }
                    }

                    break;
                case JsonArray list:
                    for (int i = 0; i < list.Count; i++)
                    {
                        Visit(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i]);
                    }

                    break;
                default:
                    values[path] = value?.ToString() ?? "";
                    break;
            }
        }

        Visit("", node);
        return values;
    }
}
