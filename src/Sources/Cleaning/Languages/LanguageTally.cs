using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Cleaning.Languages;

/// <summary>What was counted in the prose of one question.</summary>
internal sealed class LanguageTally(int languages)
{
    private readonly HashSet<ulong> _seen = [];

    /// <summary>The weights of the words found, for each language.</summary>
    public int[] Scores { get; } = new int[languages];

    /// <summary>The letters of each script, weighted.</summary>
    public int[] Letters { get; } = new int[Scripts.Languages.Count];

    /// <summary>Different words in the Latin script.</summary>
    public int LatinWords { get; set; }

    /// <summary>True where the word, in lower case, comes for the first time.</summary>
    public bool IsNew(ReadOnlySpan<char> word)
    {
        ulong hash = 0;
        foreach (char letter in word)
        {
            hash = Words.Mix(hash ^ (letter + 0xD6E8FEB86659FD93));
        }

        return _seen.Add(hash);
    }
}
