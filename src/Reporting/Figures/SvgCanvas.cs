using System.Globalization;
using System.Text;

namespace NaturalThoughts.Reporting.Figures;

/// <summary>
/// Writes an SVG with coordinates of one decimal. Text is laid out by the viewer and nothing is measured here, so that the bytes do not
/// depend on the fonts of the machine.
/// </summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _text = new();

    public SvgCanvas(int width, int height, string title)
    {
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"DejaVu Sans, "
            + $"Arial, Helvetica, sans-serif\" font-size=\"12\">\n");
        _text.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string dash = "")
    {
        string pattern = dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{color}\" stroke-width=\"{width:F1}\"{pattern}/>\n");
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string color, string dash)
    {
        string list = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}")));
        string pattern = dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";
        _text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{list}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\"{pattern}/>\n");
    }

    /// <summary>A marker: circle, square, triangle, diamond, triangle down or a ring, by index.</summary>
    public void Marker(double x, double y, string color, int shape)
    {
        const double R = 4;
        string points = (shape % 5) switch
        {
            1 => Corners(x, y, (-R, -R), (R, -R), (R, R), (-R, R)),
            2 => Corners(x, y, (0, -R - 1), (R + 1, R), (-R - 1, R)),
            3 => Corners(x, y, (0, -R - 2), (R + 1, 0), (0, R + 2), (-R - 1, 0)),
            4 => Corners(x, y, (0, R + 1), (R + 1, -R), (-R - 1, -R)),
            _ => "",
        };
        string fill = shape >= 5 ? "#ffffff" : color;
        if (points.Length == 0)
        {
            _text.Append(
                CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"{R:F1}\" fill=\"{fill}\" stroke=\"{color}\" stroke-width=\"1.4\"/>\n");
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{points}\" fill=\"{fill}\" stroke=\"{color}\" stroke-width=\"1.4\"/>\n");
        }
    }

    public void Rectangle(double x, double y, double width, double height, string color) =>
        _text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{width:F1}\" height=\"{height:F1}\" fill=\"{color}\"/>\n");

    /// <summary>Many squares of one size and color about their points, as one path: a line of no length with square ends for each.</summary>
    public void Dots(IEnumerable<(double X, double Y)> points, double size, string color)
    {
        string path = string.Concat(points.Select(point => string.Create(CultureInfo.InvariantCulture, $"M{point.X:F1} {point.Y:F1}h0")));
        _text.Append(
            CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{size:F1}\" stroke-linecap=\"square\"/>\n");
    }

    public void Text(double x, double y, string text, string anchor = "start", string extra = "") =>
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\"{(extra.Length == 0 ? "" : " " + extra)} fill=\"#222222\">{Escape(text)}</text>\n");

    public string Finish() => _text + "</svg>\n";

    private static string Corners(double x, double y, params (double X, double Y)[] corners) =>
        string.Join(' ', corners.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{x + corner.X:F1},{y + corner.Y:F1}")));

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
