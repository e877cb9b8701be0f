using System.Globalization;
using NaturalThoughts.Reporting.Modes;

namespace NaturalThoughts.Reporting.Figures;

/// <summary>
/// Accuracy against tokens per answer, a panel per benchmark: a curve per mode over the mixes that are drawn at random, by their share of System 2; other
/// mixes as single marks; the Pareto front over all of them.
/// </summary>
internal static class ModeFigure
{
    private const int PanelWidth = 360;
    private const int PanelHeight = 260;
    private const int Left = 52;
    private const int Top = 46;
    private const int Gap = 70;

    /// <summary>A student in a mode: where it stands, and on which curve.</summary>
    internal sealed record Point(string Mode, string Student, string? Mix, bool IsDrawn, double Share, double Tokens, double Percent);

    public static string Write(TableOptions options, IReadOnlyList<ModeResult> results, IReadOnlyList<Compositions> compositions)
    {
        string[] modes = [.. results.Select(result => result.Cell.Mode).Distinct(StringComparer.Ordinal)];
        Dictionary<string, double> shares = compositions.ToDictionary(set => set.Cell.Student, set => set.Share, StringComparer.Ordinal);
        int columns = Math.Min(2, Math.Max(1, options.Benchmarks.Count)), rows = (options.Benchmarks.Count + columns - 1) / columns;
        int width = (columns * (PanelWidth + Left + 20)) + 10, legend = Top + 14 + (rows * (PanelHeight + Gap));
        SvgCanvas canvas = new(width, legend + 60, $"{options.Name}: accuracy against tokens per answer");
        canvas.Text(Left, 22, $"{options.Name}: {options.Title}", extra: "font-size=\"15\"");
        for (int i = 0; i < options.Benchmarks.Count; i++)
        {
            TableBenchmark benchmark = options.Benchmarks[i];
            Point[] points = [.. results.Where(result => result.Benchmark == benchmark).Select(result => new Point(
                result.Cell.Mode,
                result.Cell.Student,
                result.Cell.Mix,
                result.Cell.IsDrawn,
                shares.GetValueOrDefault(result.Cell.Student),
                result.Answers.Average(answer => (double)answer.Tokens),
                100 * result.Answers.Average(answer => answer.Score)))];
            Panel(canvas, Left + (i % columns * (PanelWidth + Left + 20)), Top + 14 + (i / columns * (PanelHeight + Gap)), benchmark, points, modes);
        }

        for (int m = 0; m < modes.Length; m++)
        {
            double x = Left + (m * 150);
            canvas.Line(x, legend, x + 28, legend, Palette.Color(m), 1.6, Palette.Dash(m));
            canvas.Marker(x + 14, legend, Palette.Color(m), m);
            canvas.Text(x + 34, legend + 4, modes[m]);
        }

        canvas.Line(Left, legend + 22, Left + 28, legend + 22, "#999999", 1.6, "2 2");
        canvas.Text(Left + 34, legend + 26, "Pareto front. Curves: mixes drawn at random, by their share of System 2; letters: other mixes");
        return canvas.Finish();
    }

    /// <summary>The points that no other one beats: at most as many tokens and a higher accuracy, or fewer and at least the same; by their tokens.</summary>
    internal static IReadOnlyList<Point> Front(IEnumerable<Point> points)
    {
        List<Point> front = [];
        foreach (Point point in points.OrderBy(point => point.Tokens).ThenByDescending(point => point.Percent))
        {
            if (front.Count == 0 || point.Percent > front[^1].Percent)
            {
                front.Add(point);
            }
        }

        return front;
    }

    private static void Panel(SvgCanvas canvas, double left, double top, TableBenchmark benchmark, Point[] points, string[] modes)
    {
        (double lowX, double highX, double stepX) = Range(points.Select(point => point.Tokens), [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]);
        (double lowY, double highY, double stepY) = Range(points.Select(point => point.Percent), [1, 2, 5, 10, 20]);
        double X(double tokens) => left + ((tokens - lowX) / (highX - lowX) * PanelWidth);
        double Y(double percent) => top + PanelHeight - ((percent - lowY) / (highY - lowY) * PanelHeight);

        canvas.Text(left, top - 8, benchmark.Name + " (accuracy, %)", extra: "font-weight=\"bold\"");
        for (double tick = lowY; tick <= highY + (stepY / 2); tick += stepY)
        {
            canvas.Line(left, Y(tick), left + PanelWidth, Y(tick), "#e4e4e4");
            canvas.Text(left - 6, Y(tick) + 4, tick.ToString("0.#", CultureInfo.InvariantCulture), "end");
        }

        for (double tick = lowX; tick <= highX + (stepX / 2); tick += stepX)
        {
            canvas.Line(X(tick), top + PanelHeight, X(tick), top + PanelHeight + 5, "#444444");
            canvas.Text(X(tick), top + PanelHeight + 18, tick.ToString("0.#", CultureInfo.InvariantCulture), "middle");
        }

        canvas.Line(left, top, left, top + PanelHeight, "#444444");
        canvas.Line(left, top + PanelHeight, left + PanelWidth, top + PanelHeight, "#444444");
        canvas.Text(left + (PanelWidth / 2.0), top + PanelHeight + 36, "tokens per answer", "middle");
        canvas.Polyline(Front(points).Select(point => (X(point.Tokens), Y(point.Percent))), "#999999", "2 2");
        for (int m = 0; m < modes.Length; m++)
        {
            Point[] own = [.. points.Where(point => point.Mode == modes[m])];
            canvas.Polyline(
                own.Where(point => point.IsDrawn).OrderBy(point => point.Share).Select(point => (X(point.Tokens), Y(point.Percent))), Palette.Color(m),
                Palette.Dash(m));
            foreach (Point point in own)
            {
                canvas.Marker(X(point.Tokens), Y(point.Percent), Palette.Color(m), m);
                if (!point.IsDrawn && point.Mix is { } mix)
                {
                    canvas.Text(X(point.Tokens) + 7, Y(point.Percent) - 5, mix[..1]);
                }
            }
        }
    }

    private static (double Low, double High, double Step) Range(IEnumerable<double> values, double[] steps)
    {
        double[] all = [.. values];
        double least = all.Length == 0 ? 0 : all.Min(), most = all.Length == 0 ? 1 : all.Max();
        double step = steps.FirstOrDefault(candidate => (most - least) / candidate <= 8, steps[^1]);
        double low = Math.Max(0, Math.Floor(least / step) * step), high = Math.Ceiling(most / step) * step;
        return (low, high > low ? high : low + step, step);
    }
}
