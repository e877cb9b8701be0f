using System.Globalization;
using NaturalThoughts.Reporting.Figures;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>
/// A forest plot: estimate and corrected interval of each finding, in units of its smallest effect of interest, so that points, tokens and ratios share an
/// axis.
/// </summary>
internal static class FindingsFigure
{
    private const int Left = 210;
    private const int Width = 420;
    private const int Top = 66;
    private const int LineHeight = 24;
    private const int Reach = 4;

    private static readonly Dictionary<FindingVerdict, (string Color, int Shape)> Marks = new()
    {
        [FindingVerdict.Supported] = ("#1b7837", 0),
        [FindingVerdict.Contradicted] = ("#b2182b", 3),
        [FindingVerdict.Undecided] = ("#555555", 1),
        [FindingVerdict.Withheld] = ("#999999", 5),
    };

    public static string Write(FindingsOptions options, IReadOnlyList<FindingResult> results)
    {
        int bottom = Top + (results.Count * LineHeight);
        SvgCanvas canvas = new(Left + Width + 150, bottom + 66, $"{options.Name}: {options.Title}");
        canvas.Text(10, 22, $"{options.Name}: {options.Title}", extra: "font-size=\"15\"");
        canvas.Text(10, 42, "distance from the reference in units of the smallest effect of interest or the margin; bars: corrected intervals");
        for (int tick = -Reach; tick <= Reach; tick++)
        {
            canvas.Line(X(tick), Top - 8, X(tick), bottom, tick == 0 ? "#888888" : "#e4e4e4", 1, Math.Abs(tick) == 1 ? "4 3" : "");
            canvas.Text(X(tick), bottom + 16, tick.ToString(CultureInfo.InvariantCulture), "middle");
        }

        for (int i = 0; i < results.Count; i++)
        {
            FindingResult result = results[i];
            double y = Top + 8 + (i * LineHeight);
            (string color, int shape) = Marks[result.Verdict];
            canvas.Text(Left - 10, y + 4, result.Finding.Id + (result.Finding.IsControl ? " (control)" : ""), "end");
            canvas.Text(Left + Width + 12, y + 4, result.Verdict.Word());
            double low = Units(result, result.Interval.Low), high = Units(result, result.Interval.High), at = Units(result, result.Estimate);
            if (double.IsFinite(low) && double.IsFinite(high))
            {
                canvas.Line(X(low), y, X(high), y, color, 2);
            }

            if (double.IsFinite(at))
            {
                canvas.Marker(X(at), y, color, shape);
            }
        }

        canvas.Text(
            Left + (Width / 2), bottom + 40, "an effect of interest lies at 1 or beyond (claim: less: at -1 or below); ends beyond 4 are cut", "middle");
        return canvas.Finish();
    }

    // Without a smallest effect there is no unit of its own.
    private static double Units(FindingResult result, double value) =>
        (value - result.Finding.Reference) / (result.Finding.Smallest > 0 ? result.Finding.Smallest : 1);

    private static double X(double units) => Left + (Width * (Math.Clamp(units, -Reach - 0.3, Reach + 0.3) + Reach + 0.3) / ((2 * Reach) + 0.6));
}
