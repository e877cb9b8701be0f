using System.Globalization;

namespace NaturalThoughts.MiniWorld.Tests;

internal static class Equations
{
    /// <summary>Whether an equation such as <c>12 + 5 = 17</c> is true.</summary>
    public static bool Holds(string equation)
    {
        string[] parts = equation.Split(' ');
        (int a, int b, int result) = (Number(parts[0]), Number(parts[2]), Number(parts[4]));
        return parts[1] switch
        {
            "+" => a + b == result,
            "-" => a - b == result,
            "*" => a * b == result,
            _ => result * b == a,
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
