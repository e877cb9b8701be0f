using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Bench;

/// <summary>
/// What was measured: medians, and the lines of JSON that <c>./build.sh --target=Bench</c> reads; bench/measured.sh prints these for scripts.
/// </summary>
internal static class Measured
{
    /// <summary>Prints a value without a peer.</summary>
    /// <param name="value">Its name in bench/baselines.yaml.</param>
    /// <param name="here">What was measured.</param>
    /// <param name="unit">Its unit.</param>
    public static void Print(string value, double here, string unit) => Write(Line(value, here, unit));

    /// <summary>Prints a value beside that of a peer.</summary>
    /// <param name="value">Its name in bench/baselines.yaml.</param>
    /// <param name="here">What was measured of this program.</param>
    /// <param name="unit">The unit of both numbers.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="there">What was measured of the peer.</param>
    /// <param name="ratio">Both as one number; of times and speeds how many times as fast this program is.</param>
    public static void Print(string value, double here, string unit, string peer, double there, double ratio)
    {
        JsonObject line = Line(value, here, unit);
        line["peer"] = peer;
        line["there"] = Short(there);
        line["ratio"] = Short(ratio);
        Write(line);
    }

    /// <summary>The median of an odd number of values; of an even number the higher of the middle two.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static JsonObject Line(string value, double here, string unit) => new() { ["value"] = value, ["here"] = Short(here), ["unit"] = unit };

    private static void Write(JsonObject line) => Console.WriteLine(line.ToJsonString());

    // Five significant digits.
    private static double Short(double number) => double.Parse(number.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
