namespace NaturalThoughts.Sources.Recorded;

/// <summary>
/// Finds which of many texts a long text holds. Beginnings of the texts are looked up by a rolling hash (Karp and Rabin 1987), so that the
/// work follows the long text's length and not the number of texts.
/// </summary>
internal sealed class ContainedTexts
{
    private const ulong Base = 0x100000001B3;

    // A text is looked up by as many of its first characters as the largest of these that it has.
    private static readonly int[] Lengths = [64, 16, 4, 1];

    private readonly IReadOnlyList<string> _texts;
    private readonly Dictionary<ulong, List<int>>[] _beginnings = [.. Lengths.Select(_ => new Dictionary<ulong, List<int>>())];

    public ContainedTexts(IReadOnlyList<string> texts)
    {
        _texts = texts;
        for (int i = 0; i < texts.Count; i++)
        {
            int group = Array.FindIndex(Lengths, length => length <= texts[i].Length);
            if (group >= 0)
            {
                ulong hash = Hash(texts[i].AsSpan(0, Lengths[group]));
                if (!_beginnings[group].TryGetValue(hash, out List<int>? same))
                {
                    _beginnings[group][hash] = same = [];
                }

                same.Add(i);
            }
        }
    }

    /// <summary>
    /// The longest of the texts that is in <paramref name="whole"/>, of equally long ones the first; -1 for none. An empty text stands nowhere.
    /// </summary>
    public int Longest(string whole)
    {
        int best = -1;
        for (int group = 0; group < Lengths.Length; group++)
        {
            // A text of a later group is shorter than the next larger length, and so than what was found.
            if (best < 0 && _beginnings[group].Count > 0)
            {
                best = Longest(whole, Lengths[group], _beginnings[group]);
            }
        }

        return best;
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 0;
        foreach (char c in text)
        {
            hash = (hash * Base) + c + 1UL;
        }

        return hash;
    }

    private int Longest(string whole, int length, Dictionary<ulong, List<int>> beginnings)
    {
        if (whole.Length < length)
        {
            return -1;
        }

        ulong highest = 1;
        for (int i = 1; i < length; i++)
        {
            highest *= Base;
        }

        int best = -1;
        ulong hash = Hash(whole.AsSpan(0, length));
        for (int at = 0; ; at++)
        {
            foreach (int text in beginnings.GetValueOrDefault(hash) ?? [])
            {
                bool better = best < 0 || _texts[text].Length > _texts[best].Length || (_texts[text].Length == _texts[best].Length && text < best);
                if (better && whole.AsSpan(at).StartsWith(_texts[text], StringComparison.Ordinal))
                {
                    best = text;
                }
            }

            if (at + length >= whole.Length)
            {
                return best;
            }

            hash = ((hash - ((whole[at] + 1UL) * highest)) * Base) + whole[at + length] + 1UL;
        }
    }
}
