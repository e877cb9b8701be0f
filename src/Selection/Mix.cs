using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>
/// Which examples of a training set are System 2 (trace and answer) and which System 1 (answer alone); part of a cell's address.
/// </summary>
public sealed record Mix
{
    private const string RandomPrefix = "Random";

    private Mix(string name, double? probability = null)
    {
        Name = name;
        Probability = probability;
    }

    /// <summary>Every example is System 2.</summary>
    public static Mix System2 { get; } = new("System2");

    /// <summary>Every example is System 1.</summary>
    public static Mix System1 { get; } = new("System1");

    /// <summary>System 2 where two models disagree, System 1 elsewhere (paper, section 5.3). Needs the judgements.</summary>
    public static Mix Difficulty { get; } = new("Difficulty");

    /// <summary>
    /// The control of <see cref="Difficulty"/>: as many System-2 examples as that mix has in the same selection, drawn at random. Needs the judgements, for
    /// their number alone.
    /// </summary>
    public static Mix RandomAsDifficulty { get; } = new("RandomAsDifficulty");

    private static readonly Mix[] Named = [System2, System1, Difficulty, RandomAsDifficulty];

    /// <summary>
    /// The one spelling: <c>System2</c>, <c>System1</c>, <c>Difficulty</c>, <c>RandomAsDifficulty</c>, or <c>Random</c> with a probability without trailing
    /// zeros, such as <c>Random0.4</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The probability of System 2 of a random mix, in [0, 1]; null for the others.</summary>
    public double? Probability { get; }

    /// <summary>True when <c>compose</c> must be given judgements.</summary>
    public bool NeedsJudgements => Name == Difficulty.Name || Name == RandomAsDifficulty.Name;

    /// <summary>Reads a mix from its name, such as <c>Random0.4</c>.</summary>
    /// <exception cref="UserErrorException">The text is no mix; the hint names the nearest.</exception>
    public static Mix Parse(string text) => TryParse(text, out Mix? mix)
        ? mix
        : throw new UserErrorException($"There is no mix '{text}'.", "mix", Hint(text));

    /// <summary>Reads a mix; false for anything else, also for another spelling of the same probability.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Mix? mix)
    {
        mix = Named.FirstOrDefault(candidate => candidate.Name == text);
        if (mix is null
            && text?.StartsWith(RandomPrefix, StringComparison.Ordinal) == true
            && decimal.TryParse(text.AsSpan(RandomPrefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal probability)
            && probability is >= 0 and <= 1
            && Spell(probability) == text)
        {
            mix = new Mix(text, (double)probability);
        }

        return mix is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    private static string Spell(decimal probability) => RandomPrefix + probability.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>What to write in place of a text that is no mix.</summary>
    public static string Hint(string text) => text.StartsWith(RandomPrefix, StringComparison.Ordinal)
        ? "A random mix is 'Random' and the probability of System 2 from 0 to 1 without trailing zeros, such as 'Random0.4'."
        : NearestName.Hint(text, [.. Named.Select(mix => mix.Name), "Random0.4"]);
}
