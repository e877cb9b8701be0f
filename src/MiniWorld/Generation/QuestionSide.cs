using System.Security.Cryptography;
using System.Text;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Where a question may stand. The digest of the set of its word n-grams without its numbers decides, so that no seed and no count can put into
/// the pool what a benchmark asks, or what differs from it in numbers alone.
/// </summary>
internal static class QuestionSide
{
    /// <summary>Words in an n-gram.</summary>
    public const int Words = 5;

    /// <summary>Of 256 texts, this many are for benchmarks only.</summary>
    public const int BenchmarkShare = 64;

    /// <summary>The text in lower case with single blanks.</summary>
    public static string Normalise(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The normalised text with one sign for each run of numbers.</summary>
    public static string Masked(string text)
    {
        List<string> words = [];
        foreach (string word in Normalise(text).Split(' '))
        {
            string masked = word.All(char.IsAsciiDigit) ? "#" : word;
            if (masked != "#" || words.Count == 0 || words[^1] != "#")
            {
                words.Add(masked);
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>The n-grams of the masked text, each once; the whole of a shorter text.</summary>
    public static HashSet<string> Grams(string text)
    {
        string[] words = Masked(text).Split(' ');
        HashSet<string> grams = new(StringComparer.Ordinal);
        for (int i = 0; i + Words <= words.Length; i++)
        {
            grams.Add(string.Join(' ', words, i, Words));
        }

        if (words.Length < Words)
        {
            grams.Add(string.Join(' ', words));
        }

        return grams;
    }

    /// <summary>True for a text that only benchmarks may ask.</summary>
    public static bool IsForBenchmarks(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', Grams(text).Order(StringComparer.Ordinal))), digest);
        return digest[0] < BenchmarkShare;
    }
}
