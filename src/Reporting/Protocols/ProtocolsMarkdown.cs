using System.Globalization;
using System.Text;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Protocols;

/// <summary>The table of protocols for people: accuracies, and what each could not read or decide.</summary>
internal static class ProtocolsMarkdown
{
    public static string Write(ProtocolsOptions options, IReadOnlyList<ProtocolCell> cells, IEnumerable<string> notes)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {options.Name}: {options.Title}\n\n");
        MarkdownRows.Write(
            text,
            ["protocol", .. cells.Select(cell => Heading(options, cell))],
            options.Protocols.Select(protocol => Row(protocol, cells, Accuracy))
                .Append(["spread, points", .. cells.Select(cell => Numbers.Fixed(100 * (cell.Report.Highest - cell.Report.Lowest), 1))])
                .Append(["split answers %", .. cells.Select(cell => Numbers.Fixed(100 * Numbers.Ratio(cell.Report.Split, cell.Report.Questions), 1))]));
        text.Append(
            "\nAccuracy in percent of the same answers. ~ some answers hold no letter and the program draws one: "
            + "they count with their chance, one over the number of options. "
            + "Spread: highest minus lowest accuracy. Split: answers that not all protocols credit alike.\n");
        foreach (string note in notes.Concat(options.Notes))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {note}\n");
        }

        text.Append("\n## Answers without a verdict\n\n");
        MarkdownRows.Write(
            text, ["protocol", .. cells.Select(cell => Heading(options, cell))], options.Protocols.Select(protocol => Row(protocol, cells, Without)));
        text.Append("\nUnparsed / drawn / undecided: no answer found and counted as wrong; no answer found and one drawn; found, but no rule decides it.\n");
        return text.ToString();
    }

    private static string Heading(ProtocolsOptions options, ProtocolCell cell) => cell.Cell.Address
        + (options.Benchmarks.Count > 1 ? $" on {cell.Benchmark.Name}" : "")
        + (cell.Cell.Seeds.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", seed {cell.Seed}") : "");

    private static string[] Row(string protocol, IReadOnlyList<ProtocolCell> cells, Func<ProtocolSummary, string> show) =>
        [protocol, .. cells.Select(cell => cell.Find(protocol) is { } summary ? show(summary) : "")];

    private static string Accuracy(ProtocolSummary summary) => Numbers.Fixed(100 * summary.Accuracy, 1) + (summary.Guessed > 0 ? " ~" : "");

    private static string Without(ProtocolSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary.Unparsed} / {summary.Guessed} / {summary.Undecided}");
}
