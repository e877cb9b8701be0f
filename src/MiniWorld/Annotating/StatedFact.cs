using System.Text.RegularExpressions;

namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>An equation in a trace, such as <c>12 + 5 = 17</c> or, denied, <c>17 - 5 is not 12</c>.</summary>
internal sealed partial record StatedFact(string Left, string Operator, string Right, string Result, bool Denied)
{
    private static readonly Dictionary<string, string> Reverse = new(StringComparer.Ordinal) { ["+"] = "-", ["-"] = "+", ["*"] = "/", ["/"] = "*" };

    /// <summary>The last equation of a sentence; null for none.</summary>
    public static StatedFact? Read(string sentence) => Equation().Matches(sentence) is { Count: > 0 } matches
        ? new StatedFact(
            matches[^1].Groups[1].Value, matches[^1].Groups[2].Value, matches[^1].Groups[3].Value, matches[^1].Groups[5].Value,
            matches[^1].Groups[4].Value == "is not")
        : null;

    /// <summary>True where this undoes the operation of an earlier one on the same numbers, or denies that it can be undone.</summary>
    public bool Undoes(StatedFact earlier) => Operator == Reverse[earlier.Operator] && (Denied ? Left == earlier.Result : SameNumbers(earlier));

    /// <summary>True where this reaches the same on the same numbers in another order.</summary>
    public bool Rearranges(StatedFact earlier) =>
        Operator is "+" or "-" && Operator == earlier.Operator && Left + Right != earlier.Left + earlier.Right && SameNumbers(earlier);

    /// <summary>True where this gives another result for the same operation.</summary>
    public bool Revises(StatedFact earlier) => (Left, Operator, Right) == (earlier.Left, earlier.Operator, earlier.Right) && Result != earlier.Result;

    private bool SameNumbers(StatedFact other) =>
        new[] { Left, Right, Result }.Order(StringComparer.Ordinal)
            .SequenceEqual(new[] { other.Left, other.Right, other.Result }.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [GeneratedRegex(@"(\d+) ([-+*/]) (\d+) (=|is not) (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Equation();
}
