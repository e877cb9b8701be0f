using System.Security.Cryptography;
using System.Text;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>
/// Where a question may stand. The digest of its text decides, so that no seed and no count can put a text into both the pool and
/// a benchmark.
/// </summary>
internal static class QuestionSide
{
    /// <summary>Of 256 texts, this many are for benchmarks only.</summary>
    public const int BenchmarkShare = 64;

    /// <summary>The text in lower case with single blanks.</summary>
    public static string Normalise(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>True for a text that only benchmarks may ask.</summary>
    public static bool IsForBenchmarks(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Normalise(text)), digest);
        return digest[0] < BenchmarkShare;
    }
}
