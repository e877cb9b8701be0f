using System.Globalization;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Figures;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages.Figures;

/// <summary>Training curves of a table: a panel per size, a line per method and mix, the first replicate of each.</summary>
internal static class TrainingFigure
{
    private const int PanelWidth = 330;
    private const int PanelHeight = 200;
    private const int Left = 50;
    private const int Ring = 5; // of the markers

    /// <summary>The figure; null where the store has no training of the table's students.</summary>
    /// <param name="table">The table.</param>
    /// <param name="curveOf">A cell's training of its first seed; null for none.</param>
    public static ReportFigure? Of(ReportTable table, Func<string, TrainingCurve?> curveOf)
    {
        (TableCell Cell, TrainingCurve? Curve)[] curves =
        [
            .. table.Cells.Select(cell => (Cell: cell, Curve: curveOf(cell.Address)))
                .Where(item => item.Cell.Size is not null && item.Curve is { Points.Count: > 1 }),
        ];
        if (curves.Length == 0)
        {
            return null;
        }

        IGrouping<int, (TableCell Cell, TrainingCurve? Curve)>[] sizes = [.. curves.GroupBy(item => item.Cell.Size!.Value).OrderBy(group => group.Key)];
        string[] names = [.. curves.Select(item => Series(item.Cell)).Distinct(StringComparer.Ordinal)];
        int columns = Math.Min(2, sizes.Length), rows = (sizes.Length + columns - 1) / columns;
        int width = Math.Max(500, (columns * (PanelWidth + Left + 20)) + 10), perLine = width / 240, legend = 40 + (rows * (PanelHeight + 74));
        SvgCanvas canvas = new(width, legend + (20 * (((names.Length - 1) / perLine) + 1)) + 6, $"{table.Name}: training loss");
        for (int s = 0; s < sizes.Length; s++)
        {
            Panel(
                canvas, sizes[s].Key, [.. sizes[s].Select(item => (Array.IndexOf(names, Series(item.Cell)), item.Curve!))],
                Left + (s % columns * (PanelWidth + Left + 20)), 34 + (s / columns * (PanelHeight + 74)));
        }

        for (int i = 0; i < names.Length; i++)
        {
            double x = Left + (i % perLine * 240), y = legend + (20 * (i / perLine));
            canvas.Line(x, y, x + 24, y, Palette.Color(i), 1.6, Palette.Dash(i));
            canvas.Text(x + 30, y + 4, names[i]);
        }

        return new ReportFigure(
            $"tables/{table.Name}/training",
            "Training curves",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Loss of fine-tuning over the trained tokens, first replicate of each row; at most {TrainingCurve.MostPoints} points, each the mean of "
                + $"equally many steps. Losses of other selections are on other texts: a lower one says nothing of accuracy.")
                + (curves.Any(item => item.Curve!.HeldOut.Count > 0)
                    ? " Rings: the loss on examples of the same selection that were held out of the training."
                    : ""),
            canvas.Finish());
    }

    private static string Series(TableCell cell) => (cell.Method ?? cell.Address) + (cell.Mix is null ? "" : $" ({cell.Mix})");

    private static void Panel(SvgCanvas canvas, int size, (int Series, TrainingCurve Curve)[] curves, double left, double top)
    {
        Scale x = Scale.Around([0], curves.SelectMany(item => item.Curve.Points).Select(point => (double)point.Tokens));
        Scale y = Scale.Around([0], curves.SelectMany(item => item.Curve.Points.Concat(item.Curve.HeldOut)).Select(point => point.Loss).Where(double.IsFinite));
        double X(double value) => left + (x.Share(value) * PanelWidth);
        double Y(double value) => top + PanelHeight - (y.Share(value) * PanelHeight);
        canvas.Text(left, top - 8, Invariant($"{size} examples (loss)"), extra: "font-weight=\"bold\"");
        foreach (double tick in y.Ticks)
        {
            canvas.Line(left, Y(tick), left + PanelWidth, Y(tick), "#e4e4e4");
            canvas.Text(left - 6, Y(tick) + 4, Invariant($"{tick:0.##}"), "end");
        }

        foreach (double tick in x.Ticks)
        {
            canvas.Text(X(tick), top + PanelHeight + 18, Invariant($"{tick:0}"), "middle", "font-size=\"11\"");
        }

        canvas.Line(left, top, left, top + PanelHeight, "#444444");
        canvas.Line(left, top + PanelHeight, left + PanelWidth, top + PanelHeight, "#444444");
        canvas.Text(left + (PanelWidth / 2.0), top + PanelHeight + 36, "trained tokens", "middle");
        foreach ((int series, TrainingCurve curve) in curves)
        {
            canvas.Polyline(
                curve.Points.Where(point => double.IsFinite(point.Loss)).Select(point => (X(point.Tokens), Y(point.Loss))), Palette.Color(series),
                Palette.Dash(series));
            foreach ((long tokens, double loss) in curve.HeldOut)
            {
                canvas.Marker(X(tokens), Y(loss), Palette.Color(series), Ring);
            }
        }
    }
}
