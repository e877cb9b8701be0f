using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Figures;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages.Figures;

/// <summary>Accuracy against tokens per answer: a panel per benchmark, a point per cell with its standard error, colour and shape by method.</summary>
internal static class TokensFigure
{
    private const int PanelWidth = 330;
    private const int PanelHeight = 230;
    private const int Left = 50;

    /// <summary>The figure; null where the table has no tokens.</summary>
    public static ReportFigure? Of(ReportTable table)
    {
        string[] names = [.. table.Cells.Select(Series).Distinct(StringComparer.Ordinal)];
        string[] benchmarks = [.. table.Benchmarks.Where(benchmark => table.Cells.Any(cell => table.Locked(cell.Address, benchmark, "tokens") > 0))];
        if (benchmarks.Length == 0)
        {
            return null;
        }

        int columns = Math.Min(2, benchmarks.Length), rows = (benchmarks.Length + columns - 1) / columns;
        int width = (columns * (PanelWidth + Left + 20)) + 10, perLine = Math.Max(1, width / 230), legend = 40 + (rows * (PanelHeight + 74));
        SvgCanvas canvas = new(width, legend + (20 * (((names.Length - 1) / perLine) + 1)) + 6, $"{table.Name}: accuracy against tokens per answer");
        for (int i = 0; i < benchmarks.Length; i++)
        {
            Panel(canvas, table, benchmarks[i], names, Left + (i % columns * (PanelWidth + Left + 20)), 34 + (i / columns * (PanelHeight + 74)));
        }

        for (int i = 0; i < names.Length; i++)
        {
            double x = Left + (i % perLine * 230), y = legend + (20 * (i / perLine));
            canvas.Marker(x, y, Palette.Color(i), i);
            canvas.Text(x + 12, y + 4, names[i]);
        }

        return new ReportFigure(
            $"tables/{table.Name}/tokens", "Accuracy against tokens",
            "A point per row of the table: tokens of an answer on average, and accuracy with one standard error. Up and to the left is better for less.",
            canvas.Finish());
    }

    private static string Series(TableCell cell) => (cell.Method ?? cell.Address) + (cell.Mix is null ? "" : $" ({cell.Mix})");

    private static void Panel(SvgCanvas canvas, ReportTable table, string benchmark, string[] names, double left, double top)
    {
        (TableCell Cell, double Tokens, double Mean, double Error)[] points =
        [
            .. table.Cells
                .Select(cell => (
                    Cell: cell,
                    Tokens: table.Locked(cell.Address, benchmark, "tokens"),
                    Mean: 100 * table.Locked(cell.Address, benchmark, "mean"),
                    Error: 100 * table.Locked(cell.Address, benchmark, "se")))
                .Where(point => double.IsFinite(point.Tokens) && double.IsFinite(point.Mean))
                .Select(point => point with { Error = double.IsFinite(point.Error) ? point.Error : 0 }),
        ];
        Scale y = Scale.Around(points.Select(point => point.Mean - point.Error), points.Select(point => point.Mean + point.Error));
        Scale x = Scale.Around([0], points.Select(point => point.Tokens));
        double X(double value) => left + (x.Share(value) * PanelWidth);
        double Y(double value) => top + PanelHeight - (y.Share(value) * PanelHeight);
        canvas.Text(left, top - 8, benchmark + " (accuracy, %)", extra: "font-weight=\"bold\"");
        foreach (double tick in y.Ticks)
        {
            canvas.Line(left, Y(tick), left + PanelWidth, Y(tick), "#e4e4e4");
            canvas.Text(left - 6, Y(tick) + 4, Invariant($"{tick:0.#}"), "end");
        }

        foreach (double tick in x.Ticks)
        {
            canvas.Line(X(tick), top + PanelHeight, X(tick), top + PanelHeight + 5, "#444444");
            canvas.Text(X(tick), top + PanelHeight + 18, Invariant($"{tick:0.#}"), "middle");
        }

        canvas.Line(left, top, left, top + PanelHeight, "#444444");
        canvas.Line(left, top + PanelHeight, left + PanelWidth, top + PanelHeight, "#444444");
        canvas.Text(left + (PanelWidth / 2.0), top + PanelHeight + 36, "tokens per answer", "middle");
        foreach ((TableCell Cell, double Tokens, double Mean, double Error) point in points)
        {
            int series = Array.IndexOf(names, Series(point.Cell));
            canvas.Line(X(point.Tokens), Y(point.Mean - point.Error), X(point.Tokens), Y(point.Mean + point.Error), Palette.Color(series), 1.2);
            canvas.Marker(X(point.Tokens), Y(point.Mean), Palette.Color(series), series);
        }
    }
}
