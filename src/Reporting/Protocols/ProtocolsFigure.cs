using System.Globalization;
using NaturalThoughts.Reporting.Figures;

namespace NaturalThoughts.Reporting.Protocols;

/// <summary>Accuracy by protocol, a marker for each model.</summary>
internal static class ProtocolsFigure
{
    private const int Left = 230;
    private const int Width = 480;
    private const int Top = 50;
    private const int LineHeight = 24;

    public static string Write(ProtocolsOptions options, IReadOnlyList<ProtocolCell> cells)
    {
        string[] names = [.. cells.Select(cell => cell.Cell.Address).Distinct(StringComparer.Ordinal)];
        int bottom = Top + (options.Protocols.Count * LineHeight);
        SvgCanvas canvas = new(Left + Width + 30, bottom + 60 + (20 * ((names.Length / 3) + 1)), $"{options.Name}: accuracy by protocol");
        canvas.Text(10, 22, $"{options.Name}: {options.Title} (accuracy, %)", extra: "font-size=\"15\"");
        for (int tick = 0; tick <= 100; tick += 20)
        {
            canvas.Line(X(tick), Top - 6, X(tick), bottom, "#e4e4e4");
            canvas.Text(X(tick), bottom + 16, tick.ToString(CultureInfo.InvariantCulture), "middle");
        }

        for (int p = 0; p < options.Protocols.Count; p++)
        {
            double y = Top + 8 + (p * LineHeight);
            canvas.Text(Left - 10, y + 4, options.Protocols[p], "end");
            foreach (ProtocolCell cell in cells)
            {
                if (cell.Find(options.Protocols[p]) is { } summary)
                {
                    int model = Array.IndexOf(names, cell.Cell.Address);
                    canvas.Marker(X(100 * summary.Accuracy), y, Palette.Color(model), model);
                }
            }
        }

        for (int m = 0; m < names.Length; m++)
        {
            double x = 20 + (m % 3 * 230), y = bottom + 40 + (m / 3 * 20);
            canvas.Marker(x, y, Palette.Color(m), m);
            canvas.Text(x + 10, y + 4, names[m]);
        }

        return canvas.Finish();
    }

    private static double X(double percent) => Left + (percent / 100 * Width);
}
