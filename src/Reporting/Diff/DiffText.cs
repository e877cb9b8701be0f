using System.Text;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>Differences for a terminal and for Markdown: what differs in full, what does not as a count.</summary>
public static class DiffText
{
    internal static readonly string[] Header =
    [
        "cell", "benchmark", "verdict", "old %", "new %", "difference", "paired test", "questions changed", "first stage that differs", "why",
    ];

    /// <summary>Lines for a terminal.</summary>
    public static string Plain(TableDiff diff)
    {
        StringBuilder text = new StringBuilder().Append(diff.Headline).Append('\n');
        foreach (DiffRow row in diff.Differing)
        {
            text.Append("  ").Append(row.Cell).Append(' ').Append(row.Benchmark).Append(": ").Append(row.Word);
            text.Append(row.Old.Length > 0 ? $", {row.Old} %" : "").Append(row.Old.Length > 0 && row.New.Length > 0 ? " ->" : row.New.Length > 0 ? "," : "");
            text.Append(row.New.Length > 0 ? $" {row.New} %" : "")
                .Append(row.Difference.Length > 0 ? $" ({row.Difference} points; {row.Test})" : "").Append('\n');
            Line(text, "questions changed", row.Questions);
            Line(text, "first stage that differs", row.Stage);
            Line(text, "why", row.Why);
        }

        foreach (Locks.LockChange change in diff.Circumstances)
        {
            text.Append("  other ").Append(change).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A heading and a table, for a pull request.</summary>
    public static string Markdown(TableDiff diff)
    {
        StringBuilder text = new StringBuilder().Append("## ").Append(diff.Headline).Append("\n\n");
        if (diff.Differing.Any())
        {
            MarkdownRows.Write(text, Header, diff.Differing.Select(Cells));
            text.Append('\n');
        }

        foreach (Locks.LockChange change in diff.Circumstances)
        {
            text.Append("- other ").Append(change).Append('\n');
        }

        return text.ToString();
    }

    internal static IReadOnlyList<string> Cells(DiffRow row) =>
        [row.Cell, row.Benchmark, row.Word, row.Old, row.New, row.Difference, row.Test, row.Questions, row.Stage, row.Why];

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append("    ").Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
