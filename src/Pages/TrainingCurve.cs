using System.Globalization;

namespace NaturalThoughts.Pages;

/// <summary>The loss of a training over its tokens.</summary>
/// <param name="Target">The target that trained.</param>
/// <param name="Points">Tokens so far and the loss, thinned to at most <see cref="MostPoints"/>: a mean over equal stretches of steps.</param>
public sealed record TrainingCurve(string Target, IReadOnlyList<(long Tokens, double Loss)> Points)
{
    /// <summary>The most points that are kept.</summary>
    public const int MostPoints = 40;

    /// <summary>The loss on held-out examples, where it was measured, thinned in the same way; empty where none were held out.</summary>
    public IReadOnlyList<(long Tokens, double Loss)> HeldOut { get; init; } = [];

    /// <summary>
    /// Reads a training's <c>training.csv</c> by the names <c>tokens</c>, <c>loss</c> and <c>heldOutLoss</c> of its header; null where it lacks one of the
    /// first two.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="csv">The text.</param>
    public static TrainingCurve? Read(string target, string csv) =>
        Steps(csv, "loss") is { } all ? new TrainingCurve(target, Thin(all)) { HeldOut = Thin(Steps(csv, "heldOutLoss") ?? []) } : null;

    /// <summary>The loss of each step; null where the text has none.</summary>
    public static IReadOnlyList<double>? Losses(string csv) => Steps(csv, "loss") is { } steps ? [.. steps.Select(step => step.Loss)] : null;

    private static (long Tokens, double Loss)[] Thin((long Tokens, double Loss)[] all)
    {
        int stretch = Math.Max(1, (all.Length + MostPoints - 1) / MostPoints);
        return [.. all.Chunk(stretch).Select(part => (part[^1].Tokens, part.Average(point => point.Loss)))];
    }

    // The lines in which a column has a value; null where there is no such column.
    private static (long Tokens, double Loss)[]? Steps(string csv, string column)
    {
        string[][] lines = [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int tokens = lines.Length == 0 ? -1 : Array.IndexOf(lines[0], "tokens"), loss = lines.Length == 0 ? -1 : Array.IndexOf(lines[0], column);
        return tokens < 0 || loss < 0
            ? null
            : [.. lines.Skip(1)
                .Where(line => line.Length == lines[0].Length && line[loss].Length > 0)
                .Select(line => (long.Parse(line[tokens], CultureInfo.InvariantCulture), double.Parse(line[loss], CultureInfo.InvariantCulture)))];
    }
}
