namespace NaturalThoughts.Reporting.Figures;

/// <summary>
/// Colours that people with colour-blindness tell apart (Okabe and Ito 2008), in a fixed order; markers and dashes tell series apart without colour.
/// </summary>
internal static class Palette
{
    private static readonly string[] Colors = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#D55E00", "#0072B2", "#CC79A7", "#8A7A00"];
    private static readonly string[] Dashes = ["", "6 3", "2 3", "8 3 2 3"];

    public static string Color(int series) => Colors[series % Colors.Length];

    public static string Dash(int series) => Dashes[series % Dashes.Length];
}
