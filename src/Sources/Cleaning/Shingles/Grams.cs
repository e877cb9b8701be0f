namespace NaturalThoughts.Sources.Cleaning.Shingles;

/// <summary>Hashes of runs of words.</summary>
internal static class Grams
{
    private const ulong Base = 0x9FB21C651E98DF25;

    /// <summary>The hash of a whole run.</summary>
    public static ulong Of(ReadOnlySpan<ulong> words)
    {
        ulong sum = 0;
        foreach (ulong word in words)
        {
            sum = (sum * Base) + word;
        }

        return Words.Mix(sum + (ulong)words.Length);
    }

    /// <summary>As the other, for runs with at most <paramref name="most"/> words that are <paramref name="common"/>.</summary>
    public static void ForEach(ReadOnlySpan<ulong> words, int length, ulong common, int most, Action<ulong> act)
    {
        int end = 0;
        int found = 0;
        ReadOnlySpan<ulong> all = words;
        List<bool> few = new(Math.Max(0, words.Length - length + 1));
        foreach (ulong word in all)
        {
            found += word == common ? 1 : 0;
            found -= end >= length && all[end - length] == common ? 1 : 0;
            if (++end >= length)
            {
                few.Add(found <= most);
            }
        }

        int at = 0;
        ForEach(words, length, gram =>
        {
            if (few[at++])
            {
                act(gram);
            }
        });
    }

    /// <summary>Calls for the hash of every run of <paramref name="length"/> words, each in constant time; none for a shorter text.</summary>
    public static void ForEach(ReadOnlySpan<ulong> words, int length, Action<ulong> act)
    {
        if (words.Length < length)
        {
            return;
        }

        ulong highest = 1;
        for (int i = 1; i < length; i++)
        {
            highest *= Base;
        }

        ulong sum = 0;
        for (int i = 0; i < words.Length; i++)
        {
            sum = (sum * Base) + words[i];
            if (i >= length - 1)
            {
                act(Words.Mix(sum + (ulong)length));
                sum -= words[i - length + 1] * highest;
            }
        }
    }
}
