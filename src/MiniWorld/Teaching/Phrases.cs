using NaturalThoughts.Contracts;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>
/// How one strategy is worded. The first list has a marker word, the second has none. <c>{0}</c> and <c>{1}</c> are filled in.
/// </summary>
internal sealed record Phrases(string[] Marked, string[] Plain)
{
    /// <summary>One of the phrases, filled in.</summary>
    public string Say(SeededRandom random, double marked, string first, string second = "") =>
        random.Pick(random.Chance(marked) ? Marked : Plain).Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal);
}
