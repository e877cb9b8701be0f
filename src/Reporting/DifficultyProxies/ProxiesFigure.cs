using System.Globalization;
using NaturalThoughts.Reporting.Figures;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>The area of each signal in each category, with its interval at 95 %; at the bottom the mean within categories.</summary>
internal static class ProxiesFigure
{
    private const int Left = 190;
    private const int Width = 520;
    private const int Top = 60;
    private const int LineHeight = 13;
    private const double Low = 0.4;
    private const double High = 0.9;
    private const double Step = 0.1;

    public static string Write(ProxiesOptions options, IReadOnlyList<ProxyRow> rows)
    {
        ProxyRow[] shown = [.. rows.Where(row => row.Target == ProxyRow.Mean && row.Kind is ProxyRowKind.Category or ProxyRowKind.Within)];
        string[] signals = [.. shown.Select(row => row.Signal).Distinct(StringComparer.Ordinal)];
        string[] lines = [.. shown.Where(row => row.Kind == ProxyRowKind.Category).Select(row => row.Category).Distinct(StringComparer.Ordinal), ""];
        int block = (signals.Length * LineHeight) + 10, bottom = Top + (lines.Length * block);
        SvgCanvas canvas = new(Left + Width + 30, bottom + 60 + (20 * ((signals.Length / 4) + 1)), $"{options.Name}: area under the ROC curve by category");
        canvas.Text(10, 22, $"{options.Name}: {options.Title}", extra: "font-size=\"15\"");
        canvas.Text(10, 42, "Area under the ROC curve: does the signal foretell that the target is wrong? Bars: 95 % intervals.");
        for (int tick = 0; tick <= (int)Math.Round((High - Low) / Step); tick++)
        {
            double value = Low + (tick * Step);
            canvas.Line(X(value), Top - 6, X(value), bottom, tick == 1 ? "#888888" : "#e4e4e4");
            canvas.Text(X(value), bottom + 16, value.ToString("0.0", CultureInfo.InvariantCulture), "middle");
        }

        for (int line = 0; line < lines.Length; line++)
        {
            double top = Top + (line * block);
            canvas.Text(
                Left - 10, top + (block / 2.0), lines[line].Length == 0 ? "mean within categories" : lines[line], "end",
                lines[line].Length == 0 ? "font-weight=\"bold\"" : "");
            for (int s = 0; s < signals.Length; s++)
            {
                if (shown.FirstOrDefault(row => row.Signal == signals[s] && row.Category == lines[line]) is { } row)
                {
                    double y = top + 6 + (s * LineHeight);
                    canvas.Line(X(row.Estimate.Interval95.Low), y, X(row.Estimate.Interval95.High), y, Palette.Color(s), 1.4);
                    canvas.Marker(X(row.Estimate.Value), y, Palette.Color(s), s);
                }
            }
        }

        for (int s = 0; s < signals.Length; s++)
        {
            double x = 20 + (s % 4 * 170), y = bottom + 40 + (s / 4 * 20);
            canvas.Marker(x, y, Palette.Color(s), s);
            canvas.Text(x + 10, y + 4, signals[s]);
        }

        return canvas.Finish();
    }

    private static double X(double value) => Left + ((Math.Clamp(value, Low, High) - Low) / (High - Low) * Width);
}
