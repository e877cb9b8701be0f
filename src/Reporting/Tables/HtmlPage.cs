using System.Net;
using System.Text;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>A page of HTML that loads nothing: one look for all of them, light and dark, and every text encoded.</summary>
internal static class HtmlPage
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

    /// <summary>Everything up to the heading.</summary>
    public static StringBuilder Begin(string title) => new StringBuilder()
        .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>").Append(Encoded(title)).Append("</title>\n<style>\n")
        .Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>").Append(Encoded(title)).Append("</h1>\n");

    /// <summary>Closes the page and returns all of its HTML.</summary>
    public static string End(StringBuilder text) => text.Append("</body>\n</html>\n").ToString();

    /// <summary>Adds a table to the page.</summary>
    /// <param name="text">The page.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">Per row its class and its cells.</param>
    /// <param name="numbers">The columns that hold numbers.</param>
    public static void Table(StringBuilder text, IReadOnlyList<string> header, IEnumerable<(string Class, IReadOnlyList<string> Cells)> rows, Range numbers)
    {
        (int first, int count) = numbers.GetOffsetAndLength(header.Count);
        text.Append("<table>\n<thead><tr>").Append(string.Concat(header.Select(name => $"<th>{Encoded(name)}</th>"))).Append("</tr></thead>\n<tbody>\n");
        foreach ((string name, IReadOnlyList<string> cells) in rows)
        {
            text.Append(name.Length == 0 ? "<tr>" : $"<tr class=\"{Encoded(name)}\">");
            for (int i = 0; i < cells.Count; i++)
            {
                text.Append(i >= first && i < first + count ? "<td class=\"number\">" : "<td>").Append(Encoded(cells[i])).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table>\n");
    }

    /// <summary>A text as HTML shows it.</summary>
    public static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
