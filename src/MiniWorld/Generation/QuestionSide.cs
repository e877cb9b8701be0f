using System.Security.Cryptography;
using System.Text;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Where a question may stand. The digest of its text without its numbers decides, so that no seed and no count can put into the pool what a
/// benchmark asks, or what differs from it in numbers alone.
/// </summary>
internal static class QuestionSide
{
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

    /// <summary>True for a text that only benchmarks may ask.</summary>
    public static bool IsForBenchmarks(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Masked(text)), digest);
        return digest[0] < BenchmarkShare;
    }
}
