using System.Text;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Writes a Markdown table.</summary>
internal static class MarkdownRows
{
    /// <summary>Header, rule and rows; a bar inside a cell is escaped.</summary>
    public static void Write(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line(text, header);
        Line(text, [.. header.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in rows)
        {
            Line(text, row);
        }
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' '))).Append(" |\n");
}
