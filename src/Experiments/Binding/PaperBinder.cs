using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>paper</c>: published figures, kept as they are written.</summary>
internal static class PaperBinder
{
    public static TableReference? Bind(MapReader table)
    {
        if (table.Map("paper") is not { } reader)
        {
            return null;
        }

        string title = reader.Text("title") ?? "";
        string[] columns = [.. reader.Texts("columns").Select(column => column.Value)];
        IReadOnlyList<string?>? of = Of(reader, columns.Length);
        List<TableReferenceRow> rows = [];
        if (reader.Require("rows") is not { } node)
        {
            return null;
        }

        if (node is not YamlList list)
        {
            reader.Errors.Add(node.At, $"'rows' must be a list, not {node.InWords}.", "Write '- row:' and 'values:' below it.");
            return null;
        }

        foreach (YamlNode item in list.Items)
        {
            if (NodeReader.Map(item, "rows", reader.Errors) is { } map)
            {
                rows.Add(Row(new MapReader(map, "a row of the paper", TableShapes.PaperRow, reader.Errors), columns.Length));
            }
        }

        return new TableReference(title, columns, rows) { Of = of };
    }

    /// <summary>Reports what the figures are set beside and the table does not have.</summary>
    public static void Check(MapReader table, TableReference paper, IReadOnlyList<CellSettings> cells, IReadOnlyList<BenchmarkSettings> benchmarks)
    {
        string[] addresses = [.. cells.Select(cell => cell.Address)];
        foreach (TableReferenceRow row in paper.Rows.Where(row => row.Cell is { } cell && !addresses.Contains(cell)))
        {
            table.Errors.Add(
                table.AtOf("paper"), $"The paper's row '{row.Row}' is compared with '{row.Cell}', which is not a cell of the table.",
                NearestName.Hint(row.Cell!, addresses));
        }

        string[] known = [.. benchmarks.Select(benchmark => benchmark.Name)];
        foreach (string of in (paper.Of ?? []).OfType<string>().Where(of => !known.Contains(Benchmark(of))))
        {
            table.Errors.Add(
                table.AtOf("paper"), $"The table has no benchmark '{Benchmark(of)}' to set beside the paper's.", NearestName.Hint(Benchmark(of), known));
        }

        static string Benchmark(string of) =>
            of.EndsWith(TableReference.TokensSuffix, StringComparison.Ordinal) ? of[..^TableReference.TokensSuffix.Length] : of;
    }

    private static IReadOnlyList<string?>? Of(MapReader paper, int columns)
    {
        if (paper.Find("of") is not { } node)
        {
            return null;
        }

        if (node is not YamlList list || list.Items.Any(item => item is not YamlScalar) || list.Items.Count != columns)
        {
            paper.Errors.Add(
                node.At, $"'of' must be a list of {columns} benchmarks.",
                "Give one for each column, ~ where the table has none; 'NAME/tokens' stands for tokens per answer.");
            return null;
        }

        return [.. list.Items.Cast<YamlScalar>().Select(item => item.IsNull ? null : item.Value)];
    }

    private static TableReferenceRow Row(MapReader row, int columns)
    {
        string name = row.Text("row") ?? "";
        YamlNode? node = row.Require("values");
        if (node is not YamlList values || values.Items.Any(item => item is not YamlScalar))
        {
            if (node is not null)
            {
                row.Errors.Add(node.At, $"'values' must be a list of figures, not {node.InWords}.", "Write [29.0, 49.1, ~], with ~ where there is none.");
            }

            return new TableReferenceRow(name, []);
        }

        if (values.Items.Count != columns)
        {
            row.Errors.Add(
                values.At, $"The paper's row '{name}' has {values.Items.Count} values for {columns} columns.", "Give one for each, ~ where there is none.");
        }

        return new TableReferenceRow(name, [.. values.Items.Cast<YamlScalar>().Select(item => item.IsNull ? null : item.Value)]) { Cell = row.Text("cell") };
    }
}
