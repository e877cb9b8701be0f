using System.Globalization;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Protocols;

/// <summary>One row per model, benchmark, seed and protocol.</summary>
internal static class ProtocolsCsv
{
    private const string Header = "cell,benchmark,seed,protocol,questions,accuracy,correct,wrong,unparsed,drawn,undecided";

    public static string Write(IEnumerable<ProtocolCell> cells) =>
        CsvTable.Lines(cells.SelectMany(cell => cell.Report.Protocols.Select(protocol => Row(cell, protocol))).Prepend(Header.Split(',')));

    private static string[] Row(ProtocolCell cell, ProtocolSummary row) =>
    [
        cell.Cell.Address,
        cell.Benchmark.Name,
        Text(cell.Seed),
        row.Protocol,
        Text(cell.Report.Questions),
        Numbers.Fixed(row.Accuracy, 6),
        Text(row.Correct),
        Text(row.Wrong),
        Text(row.Unparsed),
        Text(row.Guessed),
        Text(row.Undecided),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
