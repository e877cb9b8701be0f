using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>paper</c>: published figures, kept as they are written.</summary>
internal static class PaperBinder
{
    public static TableReference? Bind(MapReader table)
    {
        if (table.Map("paper", Shapes.Paper, required: false) is not { } reader)
        {
            return null;
        }

        string title = reader.Text("title") ?? "";
        reader.Require("columns");
        string[] columns = [.. reader.Texts("columns").Select(column => column.Value)];
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
                rows.Add(Row(new MapReader(map, "a row of the paper", Shapes.PaperRow, reader.Errors), columns.Length));
            }
        }

        return new TableReference(title, columns, rows);
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
            row.Errors.Add(values.At, $"The paper's row '{name}' has {values.Items.Count} values for {columns} columns.", "Give one for each, ~ where there is none.");
        }

        return new TableReferenceRow(name, [.. values.Items.Cast<YamlScalar>().Select(item => item.IsNull ? null : item.Value)]);
    }
}
