using System.Globalization;
using System.Net;
using System.Text;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>All differences as one HTML page that loads nothing: every cell of every table, the ones that differ marked.</summary>
public static class DiffPage
{
    private const string Style = """
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff }
        table { border-collapse: collapse; margin: 1rem 0 }
        th, td { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top }
        td.number { text-align: right; font-variant-numeric: tabular-nums }
        tr.same { color: #767676 }
        tr.moved { background: #fff4d6 } tr.gone, tr.not-comparable { background: #fde3e0 } tr.new { background: #e2f2e4 }
        @media (prefers-color-scheme: dark) {
          body { color: #ddd; background: #181818 } th, td { border-color: #444 } tr.same { color: #999 }
          tr.moved { background: #40361a } tr.gone, tr.not-comparable { background: #472622 } tr.new { background: #20351f }
        }
        """;

    /// <summary>The page.</summary>
    public static string Write(IReadOnlyList<TableDiff> diffs)
    {
        StringBuilder text = new();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Differences of locked results</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>Differences of locked results</h1>\n");
        foreach (TableDiff diff in diffs)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(diff.Headline)}</h2>\n");
            foreach (LockChange change in diff.Circumstances)
            {
                text.Append(CultureInfo.InvariantCulture, $"<p>other {Encoded(change.ToString())}</p>\n");
            }

            text.Append("<table>\n<thead><tr>").Append(string.Concat(DiffText.Header.Select(name => $"<th>{Encoded(name)}</th>"))).Append("</tr></thead>\n<tbody>\n");
            foreach (DiffRow row in diff.Rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"<tr class=\"{row.Word.Replace(' ', '-')}\">");
                IReadOnlyList<string> cells = DiffText.Cells(row);
                for (int i = 0; i < cells.Count; i++)
                {
                    text.Append(i is >= 3 and <= 5 ? "<td class=\"number\">" : "<td>").Append(Encoded(cells[i])).Append("</td>");
                }

                text.Append("</tr>\n");
            }

            text.Append("</tbody>\n</table>\n");
        }

        return text.Append("</body>\n</html>\n").ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
