using System.Globalization;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Figures;

/// <summary>
/// Accuracy against the number of training examples (logarithmic), a panel per benchmark, a series per method and mix, bars of one standard error.
/// </summary>
internal static class SizeFigure
{
    private const int PanelWidth = 340;
    private const int PanelHeight = 250;
    private const int Left = 48;
    private const int Top = 46;
    private const int LegendColumn = 230;

    private sealed record Series(string Name, int Index, CellResult[] Points);

    public static string Write(TableOptions options, IReadOnlyList<CellResult> results)
    {
        string[] names = [.. options.Cells.Where(cell => cell.Size is not null).Select(Name).Distinct(StringComparer.Ordinal)];
        int columns = Math.Min(2, Math.Max(1, options.Benchmarks.Count));
        int rows = (options.Benchmarks.Count + columns - 1) / columns;
        int width = (columns * (PanelWidth + Left + 20)) + 10;
        int perLine = Math.Max(1, width / LegendColumn);
        int legendTop = Top + (rows * (PanelHeight + 70));
        SvgCanvas canvas = new(width, legendTop + (20 * ((names.Length / perLine) + 1)) + 10, $"{options.Name}: accuracy against training set size");
        canvas.Text(Left, 22, $"{options.Name}: {options.Title}", extra: "font-size=\"15\"");
        for (int i = 0; i < options.Benchmarks.Count; i++)
        {
            TableBenchmark benchmark = options.Benchmarks[i];
            CellResult[] column = [.. results.Where(result => result.Scores.Benchmark == benchmark)];
            Series[] series = [.. names.Select((name, index) => new Series(name, index, [.. column
                .Where(result => result.Scores.Cell.Size is not null && Name(result.Scores.Cell) == name)
                .OrderBy(result => result.Scores.Cell.Size)]))];
            double x = Left + (i % columns * (PanelWidth + Left + 20)), y = Top + 14 + (i / columns * (PanelHeight + 70));
            Panel(canvas, x, y, benchmark, series, [.. column.Where(result => result.Scores.Cell.Size is null)]);
        }

        int entries = names.Length + (options.Cells.Any(cell => cell.Size is null) ? 1 : 0);
        for (int i = 0; i < entries; i++)
        {
            double x = Left + (i % perLine * LegendColumn), y = legendTop + (20 * (i / perLine));
            canvas.Line(x, y, x + 28, y, i < names.Length ? Palette.Color(i) : "#777777", 1.6, i < names.Length ? Palette.Dash(i) : "3 3");
            if (i < names.Length)
            {
                canvas.Marker(x + 14, y, Palette.Color(i), i);
            }

            canvas.Text(x + 34, y + 4, i < names.Length ? names[i] : "no training set (base)");
        }

        return canvas.Finish();
    }

    private static string Name(TableCell cell) => (cell.Method ?? cell.Address) + (cell.Mix is null ? "" : $" ({cell.Mix})");

    private static void Panel(SvgCanvas canvas, double left, double top, TableBenchmark benchmark, Series[] series, CellResult[] bases)
    {
        int[] sizes = [.. series.SelectMany(one => one.Points).Select(point => point.Scores.Cell.Size!.Value).Distinct().Order()];
        (double low, double high, double step) = Range([.. series.SelectMany(one => one.Points), .. bases]);
        double Y(double percent) => top + PanelHeight - ((percent - low) / (high - low) * PanelHeight);
        double X(int size) => sizes.Length == 1
            ? left + (PanelWidth / 2.0)
            : left + 24 + (Math.Log((double)size / sizes[0]) / Math.Log((double)sizes[^1] / sizes[0]) * (PanelWidth - 48));

        canvas.Text(left, top - 8, benchmark.Name + " (accuracy, %)", extra: "font-weight=\"bold\"");
        for (double tick = low; tick <= high + (step / 2); tick += step)
        {
            canvas.Line(left, Y(tick), left + PanelWidth, Y(tick), "#e4e4e4");
            canvas.Text(left - 6, Y(tick) + 4, tick.ToString("0.#", CultureInfo.InvariantCulture), "end");
        }

        canvas.Line(left, top, left, top + PanelHeight, "#444444");
        canvas.Line(left, top + PanelHeight, left + PanelWidth, top + PanelHeight, "#444444");
        foreach (int size in sizes)
        {
            canvas.Line(X(size), top + PanelHeight, X(size), top + PanelHeight + 5, "#444444");
            canvas.Text(X(size), top + PanelHeight + 18, size.ToString(CultureInfo.InvariantCulture), "middle");
        }

        canvas.Text(left + (PanelWidth / 2.0), top + PanelHeight + 36, "training examples (log scale)", "middle");
        foreach (CellResult one in bases)
        {
            canvas.Line(left, Y(Percent(one)), left + PanelWidth, Y(Percent(one)), "#777777", 1.6, "3 3");
        }

        foreach (Series one in series)
        {
            // Series stand side by side by four pixels, so that their bars can be told apart.
            double aside = (one.Index - ((series.Length - 1) / 2.0)) * 4;
            canvas.Polyline(
                one.Points.Select(point => (X(point.Scores.Cell.Size!.Value) + aside, Y(Percent(point)))), Palette.Color(one.Index), Palette.Dash(one.Index));
            foreach (CellResult point in one.Points)
            {
                double x = X(point.Scores.Cell.Size!.Value) + aside;
                if (double.IsFinite(point.StandardError))
                {
                    canvas.Line(
                        x, Y(Percent(point) - (100 * point.StandardError)), x, Y(Percent(point) + (100 * point.StandardError)), Palette.Color(one.Index), 1.2);
                }

                canvas.Marker(x, Y(Percent(point)), Palette.Color(one.Index), one.Index);
            }
        }
    }

    private static double Percent(CellResult result) => (double)(100 * result.Scores.Accuracy);

    // Round ends around all bars, at most about ten ticks apart by 1, 2, 5, 10 or 20 points.
    private static (double Low, double High, double Step) Range(CellResult[] points)
    {
        double Error(CellResult result) => double.IsFinite(result.StandardError) ? 100 * result.StandardError : 0;
        double least = points.Length == 0 ? 0 : points.Min(point => Percent(point) - Error(point));
        double most = points.Length == 0 ? 100 : points.Max(point => Percent(point) + Error(point));
        double step = new double[] { 1, 2, 5, 10, 20 }.First(candidate => (most - least) / candidate <= 8 || candidate == 20);
        double low = Math.Max(0, Math.Floor(least / step) * step);
        double high = Math.Ceiling(most / step) * step;
        return (low, high > low ? high : low + step, step);
    }
}
