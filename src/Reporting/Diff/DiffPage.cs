using System.Globalization;
using System.Text;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>All differences as one HTML page that loads nothing: every cell of every table, the ones that differ marked.</summary>
public static class DiffPage
{
    /// <summary>Writes the page; returns its HTML.</summary>
    public static string Write(IReadOnlyList<TableDiff> diffs)
    {
        StringBuilder text = HtmlPage.Begin("Differences of locked results");
        foreach (TableDiff diff in diffs)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlPage.Encoded(diff.Headline)}</h2>\n");
            foreach (LockChange change in diff.Circumstances)
            {
                text.Append(CultureInfo.InvariantCulture, $"<p>other {HtmlPage.Encoded(change.ToString())}</p>\n");
            }

            HtmlPage.Table(text, DiffText.Header, diff.Rows.Select(row => (row.Word.Replace(' ', '-'), DiffText.Cells(row))), 3..6);
        }

        return HtmlPage.End(text);
    }
}
