using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Pages.Figures;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Tables;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages;

/// <summary>The page: tables and figures as plain HTML, which is there without scripts and on paper; the other views are made by the scripts.</summary>
internal static partial class IndexPage
{
    /// <summary>The scripts, in the order in which they run.</summary>
    public static readonly IReadOnlyList<string> Scripts = ["parts.js", "views.js", "compare.js", "targets.js", "report.js"];

    /// <summary>The text of index.html.</summary>
    /// <param name="source">What the report is made of.</param>
    /// <param name="figures">Table to its figures; those of the pool under the empty name.</param>
    public static string Write(ReportSource source, ILookup<string, ReportFigure> figures)
    {
        string title = Encode($"Results of the profile {source.Profile}");
        string findings = string.Concat(
            source.Tables.Where(table => table.HasFindings).Select(table => $"<a href=\"{Route("table", table.Name)}\">{Encode(table.Name)}</a>"));
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; base-uri 'none'; form-action 'none'">
            <title>{title}</title>
            <link rel="stylesheet" href="assets/report.css">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <p>NaturalThoughts</p>
            <nav aria-label="Report"><a href="#/">Tables</a>{findings}<a href="#/pool">Pool</a><a href="#/compare">Compare</a><a href="#/answers">Answers</a><a href="#/targets">Targets</a></nav>
            <button type="button" id="theme">Dark</button>
            </header>
            <main id="main" tabindex="-1">
            <section id="view-tables">
            <h1>{title}</h1>
            <p>Values are those of the locked tables. A row's name leads to where its numbers come from and to example answers; a difference leads to the questions that flipped between the two cells.</p>
            <noscript><p>Without scripts the page has the tables and figures; answers, comparisons and targets need them.</p></noscript>

            """);
        if (source.Tables.Count == 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<p>The profile has no locked table yet. <code>./build.sh --target=Table1 --profile={Encode(source.Profile)}</code> makes one.</p>\n");
        }
        else if (source.Tables.Count > 1)
        {
            text.Append("<ul>").AppendJoin(
                "", source.Tables.Select(table => $"<li><a href=\"{Route("table", table.Name)}\">{Encode(table.Name)}</a> {Encode(table.Description)}</li>"))
                .Append("</ul>\n");
        }

        foreach (ReportTable table in source.Tables)
        {
            Table(text, table);
            Figures(text, figures[table.Name], "h3");
            text.Append("</article>\n");
        }

        text.Append("</section>\n<section id=\"view-pool\" hidden>\n<h1>The pool</h1>\n");
        text.Append(source.Pool is null
            ? $"<p>The store has no pool of this profile. <code>./build.sh --target=Table1 --profile={Encode(source.Profile)}</code> makes one.</p>\n"
            : "<p>What methods select from. Nothing of its text is in the report.</p>\n");
        Figures(text, figures[""], "h2");
        text.Append(
            "</section>\n<section id=\"view-made\" hidden></section>\n</main>\n<script "
            + "src=\"assets/parts.js\"></script>\n<script src=\"data/index.js\"></script>\n");
        foreach (string script in Scripts.Skip(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"<script src=\"assets/{script}\"></script>\n");
        }

        return text.Append("</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder text, ReportTable table)
    {
        JsonObject[] history = [.. table.Lock.History.OfType<JsonObject>()];
        bool compares = table.Cells.Any(cell => cell.Baseline is not null);
        text.Append(
            CultureInfo.InvariantCulture, $"<article id=\"table-{Encode(table.Name)}\">\n<h2>{Encode(table.Name)}</h2>\n<p>{Encode(table.Description)}</p>\n");
        foreach (string change in table.Edited)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"warning\">Not to be trusted: {Encode(change)}. <code>./build.sh --target=Verify {Encode(table.Name)}</code> says more.</p>\n");
        }

        if (table.HasFindings)
        {
            Published(text, table);
            text.Append("<h3>Cells, and where their numbers come from</h3>\n");
        }

        text.Append("<p class=\"soft\">Accuracy in percent ± standard error")
            .Append(
                compares
                    ? "; below it the difference to the row's baseline in points [95 % interval, of this difference alone], "
                        + "and p after Holm over the column (* at most 0.05)" : "")
            .Append(". Class of the lock: ").Append(Encode(table.Lock.Body["class"]?.ToString() ?? "not told"))
            .Append(
                CultureInfo.InvariantCulture,
                $".</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Values "
                + $"of {Encode(table.Name)}\">\n<table>\n<thead><tr><th scope=\"col\">row</th>")
            .AppendJoin(
                "",
                table.Benchmarks.Select(benchmark =>
                    $"<th scope=\"col\" class=\"number\">{Encode(benchmark)} <small>{Invariant($"n = {table.Questions(benchmark)}")}</small></th>"))
            .Append("<th scope=\"col\" class=\"number\">tokens/answer</th></tr></thead>\n<tbody>\n");
        foreach (TableCell cell in table.Cells)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\"><a href=\"{Route("cell", table.Name + "/" + cell.Address)}\">"
                + $"{Encode(cell.Address).Replace("/", "/<wbr>", StringComparison.Ordinal)}</a></th>");
            foreach (string benchmark in table.Benchmarks)
            {
                text.Append("<td class=\"number\">").Append(Value(table, cell, benchmark)).Append("</td>");
            }

            double[] tokens = [.. table.Benchmarks.Select(benchmark => table.Locked(cell.Address, benchmark, "tokens")).Where(double.IsFinite)];
            text.Append("<td class=\"number\">").Append(tokens.Length == 0 ? "" : Numbers.Fixed(tokens.Average(), 1)).Append("</td></tr>\n");
        }

        text.Append("</tbody>\n</table>\n</div>\n");
        if (history.Length > 0)
        {
            text.Append("<details><summary>Accepted changes of the lock, and why</summary><ul>")
                .AppendJoin("", history.Select(change => $"<li>{Encode(change["date"]?.ToString() ?? "")}: {Encode(change["reason"]?.ToString() ?? "")}</li>"))
                .Append("</ul></details>\n");
        }

        if (table.Markdown.Length > 0 && !table.HasFindings)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<details><summary>{Encode(table.Name)}.md as it is published: caption, detectable effects, further sections</summary>\n");
            Published(text, table);
            text.Append("</details>\n");
        }
    }

    private static void Published(StringBuilder text, ReportTable table) => text
        .Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Encode(table.Name)}.md\">\n")
        .Append(Markdown(table.Markdown, 2)).Append("</div>\n");

    private static string Value(ReportTable table, TableCell cell, string benchmark)
    {
        double mean = table.Locked(cell.Address, benchmark, "mean"), error = table.Locked(cell.Address, benchmark, "se"),
        difference = table.Locked(cell.Address, benchmark, "diff");
        if (!double.IsFinite(mean))
        {
            return "";
        }

        string text = Percent(mean) + (double.IsFinite(error) ? " ± " + Percent(error) : "");
        if (cell.Baseline is not { } baseline || !double.IsFinite(difference))
        {
            return text;
        }

        string p = table.Value(cell.Address, benchmark)!["pHolm"]?.ToString() ?? "";
        string route = $"#/compare?table={Uri.EscapeDataString(table.Name)}&a={Uri.EscapeDataString(cell.Address)}"
            + $"&b={Uri.EscapeDataString(baseline)}&benchmark={Uri.EscapeDataString(benchmark)}";
        bool significant = double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out double holm) && holm <= DetectableEffect.Level;
        string tested = p.Length == 0 ? "" : ", p " + Encode(p) + (significant ? " *" : "");
        return $"{text}<small><a href=\"{Encode(route)}\">{Points(difference)}{Interval(table, cell.Address, baseline, benchmark)}</a>{tested}</small>";
    }

    // Of the pair, seen from the cell. Where a protocol draws answers the pair is of other verdicts than the table's, so there is none.
    private static string Interval(ReportTable table, string cell, string baseline, string benchmark)
    {
        bool drawn = table.Locked(cell, benchmark, "drawn") > 0 || table.Locked(baseline, benchmark, "drawn") > 0;
        CellPair? pair = table.Pairs.FirstOrDefault(pair =>
            pair.Benchmark == benchmark && ((pair.First == cell && pair.Second == baseline) || (pair.First == baseline && pair.Second == cell)));
        if (drawn || pair is null || !double.IsFinite(pair.Interval.Low))
        {
            return "";
        }

        (double low, double high) = pair.First == cell ? (pair.Interval.Low, pair.Interval.High) : (-pair.Interval.High, -pair.Interval.Low);
        return $" [{Points(low)}, {Points(high)}]";
    }

    private static void Figures(StringBuilder text, IEnumerable<ReportFigure> figures, string heading)
    {
        text.Append("<div class=\"figures\">\n");
        foreach (ReportFigure figure in figures)
        {
            // The drawing says to a reader of screens what the caption says; its single texts would be noise.
            string drawing = Shorter(figure.Svg).Replace(
                "<svg ", "<svg role=\"img\" aria-label=\"" + Encode(figure.Title + ". " + figure.Caption) + "\" ", StringComparison.Ordinal);
            text.Append(
                CultureInfo.InvariantCulture,
                $"<figure>\n<{heading}>{Encode(figure.Title)}</{heading}>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" "
                + $"aria-label=\"Drawing: {Encode(figure.Title)}\">\n{drawing}</div>\n<figcaption>{Encode(figure.Caption)} <a "
                + $"href=\"figures/{string.Join('/', figure.Name.Split('/').Select(Uri.EscapeDataString))}.svg\" download>SVG</a></figcaption>\n</figure>\n");
        }

        text.Append("</div>\n");
    }

    // Without what is SVG's default, and without the color of texts, which is the page's.
    private static string Shorter(string svg) => NumberAttributes().Replace(svg, numbers => WholeNumber().Replace(numbers.Value, ""))
        .Replace(" text-anchor=\"start\"", "", StringComparison.Ordinal)
        .Replace(" stroke-width=\"1\"", "", StringComparison.Ordinal)
        .Replace(" fill=\"#222222\">", ">", StringComparison.Ordinal);

    // Attributes of numbers: texts have no quotes.
    [GeneratedRegex("""(?<==")[-\d., ]+(?=")""", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAttributes();

    [GeneratedRegex("""\.0(?!\d)""", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();
}
