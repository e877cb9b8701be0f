using System.Globalization;

namespace NaturalThoughts.Reporting.Figures;

/// <summary>Horizontal bars with their counts.</summary>
internal static class BarFigure
{
    private const int LabelWidth = 190;
    private const int BarWidth = 400;
    private const int RowHeight = 22;

    public static string Write(string title, IEnumerable<KeyValuePair<string, int>> counts)
    {
        KeyValuePair<string, int>[] bars = [.. counts];
        double most = bars.Length == 0 ? 1 : Math.Max(1, bars.Max(bar => bar.Value));
        SvgCanvas canvas = new(LabelWidth + BarWidth + 80, 50 + (bars.Length * RowHeight), title);
        canvas.Text(10, 24, title, extra: "font-size=\"15\"");
        for (int i = 0; i < bars.Length; i++)
        {
            double y = 40 + (i * RowHeight), width = bars[i].Value / most * BarWidth;
            canvas.Text(LabelWidth - 8, y + 13, bars[i].Key, "end");
            canvas.Rectangle(LabelWidth, y, width, RowHeight - 6, Palette.Color(5));
            canvas.Text(LabelWidth + width + 6, y + 13, bars[i].Value.ToString(CultureInfo.InvariantCulture));
        }

        return canvas.Finish();
    }
}
