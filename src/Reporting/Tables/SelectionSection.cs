using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>What each method selected, of the first replicate: tokens, histograms, and the overlap of methods at the largest size.</summary>
internal static class SelectionSection
{
    /// <summary>The section; empty where no report is bound.</summary>
    public static string Write(StageContext context, TableOptions options)
    {
        TableCell[] reported = [.. options.Cells.Where(cell => cell.Seeds.Count > 0 && context.HasInput(TableRoles.Report(cell.Address, cell.Seeds[0])))];
        if (options.Modes is not null)
        {
            // Mixes and modes of one selection are many rows.
            reported = [.. reported.DistinctBy(cell => ContentHash.OfFile(context.Input(TableRoles.Report(cell.Address, cell.Seeds[0]))))];
        }

        StringBuilder text = new();
        if (reported.Length > 0)
        {
            text.Append("\n## What was selected\n\nThe first replicate of each row; histograms in percent of the selected questions.\n\n");
            MarkdownRows.Write(
                text, ["cell", "questions", "candidates", "trace tokens", "mean", "median", "domains", "levels"], reported.Select(cell => Row(context, cell)));
        }

        foreach (TableCell cell in reported)
        {
            text.Append(Training(context, cell));
        }

        Overlaps(text, context, options);
        return text.ToString();
    }

    private static string[] Row(StageContext context, TableCell cell)
    {
        string path = context.Input(TableRoles.Report(cell.Address, cell.Seeds[0]));
        JsonNode report = JsonNode.Parse(TextFiles.ReadStrict(path)) ?? throw new InvalidOperationException($"{path} is empty.");
        JsonNode? tokens = report["tokens"];
        return
        [
            cell.Address,
            Text(report["n"]),
            Text(report["candidates"]),
            Text(tokens?["sum"]),
            tokens?["mean"] is { } mean ? Numbers.Fixed(mean.GetValue<double>(), 1) : "",
            Text(tokens?["p50"]),
            Histogram(report["domains"]),
            Histogram(report["levels"]),
        ];
    }

    // Of a selection that is matched with another one in what its training costs.
    private static string Training(StageContext context, TableCell cell)
    {
        JsonNode? training = JsonNode.Parse(TextFiles.ReadStrict(context.Input(TableRoles.Report(cell.Address, cell.Seeds[0]))))?["training"];
        return training is null
            ? ""
            : $"\n{cell.Address}: {Text(training["examples"])} examples make {Text(training["tokens"])} training tokens and "
                + $"{Text(training["steps"])} steps; matched in {training["matchedBy"]} with the {Text(training["withExamples"])} examples of "
                + $"{training["withMethod"]}{(training["withMix"] is { } mix ? $" of the mix {mix}" : "")}, "
                + $"which make {Text(training["withTokens"])} and {Text(training["withSteps"])}.\n";
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "";

    private static string Histogram(JsonNode? node)
    {
        if (node is not JsonObject counts || counts.Count == 0)
        {
            return "";
        }

        long all = counts.Sum(entry => entry.Value!.GetValue<long>());
        return string.Join(", ", counts
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Key + " " + Numbers.Fixed(100 * Numbers.Ratio(entry.Value!.GetValue<long>(), all), 0)));
    }

    private static void Overlaps(StringBuilder text, StageContext context, TableOptions options)
    {
        TableCell[] selected =
        [
            .. options.Cells.Where(cell =>
                cell.Method is not null && cell.Seeds.Count > 0 && context.HasInput(TableRoles.Selected(cell.Address, cell.Seeds[0]))),
        ];
        TableCell[] largest = [.. selected.Where(cell => cell.Size == selected.Max(other => other.Size)).DistinctBy(cell => cell.Method)];
        if (largest.Length < 2)
        {
            return;
        }

        HashSet<string>[] sets = [.. largest.Select(cell => JsonLines
            .Read<Selected>(context.Input(TableRoles.Selected(cell.Address, cell.Seeds[0])))
            .Select(row => row.QuestionId)
            .ToHashSet(StringComparer.Ordinal))];
        text.Append(CultureInfo.InvariantCulture, $"\nOverlap of the methods at size {largest[0].Size} (Jaccard's index, first replicate):\n\n");
        MarkdownRows.Write(
            text,
            ["", .. largest.Select(cell => cell.Method!)],
            largest.Select((cell, i) => (string[])[cell.Method!, .. sets.Select(other => Numbers.Fixed(SetOverlap.Of(sets[i], other).Jaccard, 2))]));
    }
}
