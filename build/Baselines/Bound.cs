using System.Globalization;

namespace NaturalThoughts.Build.Baselines;

/// <summary>What a measured value of a benchmark is held to, as <c>bench/baselines.yaml</c> states it.</summary>
/// <param name="Value">The name of the value, as the benchmark prints it.</param>
/// <param name="Peer">What it is compared with: the bound is of the ratio then. Null where the bound is of the value itself.</param>
/// <param name="Unit">The unit of the value; null with a peer.</param>
/// <param name="Least">The least allowed ratio or value; null for any.</param>
/// <param name="Most">The greatest allowed ratio or value; null for any.</param>
/// <param name="Date">The day of the measurement that the bound comes from.</param>
internal sealed record Bound(string Value, string? Peer, string? Unit, double? Least, double? Most, DateOnly Date)
{
    /// <summary>Why a value does not fit or crosses the bound, as the end of a sentence that its name begins; null where all is well.</summary>
    public string? Complaint(MeasuredValue measured)
    {
        if (Peer is null ? measured.Unit != Unit : measured.Ratio is null)
        {
            return Peer is null
                ? $"is printed in {measured.Unit}, and its bound is in {Unit}"
                : "is printed without a ratio, which its bound is of";
        }

        double number = Peer is null ? measured.Here : measured.Ratio!.Value;
        string shown = Peer is null ? $"is {Shown(number)}" : $"has a ratio of {Shown(number)} to {measured.Peer}";
        string day = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return number < Least ? $"{shown}, below its least, {Shown(Least.Value)} (measured {day})"
            : number > Most ? $"{shown}, above its most, {Shown(Most.Value)} (measured {day})"
            : null;
    }

    /// <summary>The bound in words, such as <c>from 2.5</c>, <c>to 0.25 s</c> or <c>0.67 to 1.33</c>.</summary>
    public override string ToString() => (Least, Most) switch
    {
        ({ } least, { } most) => $"{MeasuredValue.Number(least)} to {Shown(most)}",
        ({ } least, null) => $"from {Shown(least)}",
        (_, { } most) => $"to {Shown(most)}",
        _ => "",
    };

    private string Shown(double number) => MeasuredValue.Number(number) + (Unit is null ? "" : " " + Unit);
}
