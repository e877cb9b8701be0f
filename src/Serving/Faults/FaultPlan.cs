using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Serving.Faults;

/// <summary>
/// Which requests are answered wrongly. A request's fate depends on the seed, its bytes and how often it came before, and not on the order
/// of requests; a request that comes again has another fate.
/// </summary>
/// <param name="share">The share of requests, 0 to 1.</param>
/// <param name="seed">The seed.</param>
internal sealed class FaultPlan(double share, string seed)
{
    private static readonly Fault[] All = Enum.GetValues<Fault>();
    private readonly ConcurrentDictionary<string, int> _times = new(StringComparer.Ordinal);

    /// <summary>The fault of a request; null for none.</summary>
    public Fault? Next(ReadOnlySpan<byte> body)
    {
        if (share <= 0)
        {
            return null;
        }

        string digest = Convert.ToHexString(SHA256.HashData(body));
        string time = _times.AddOrUpdate(digest, 1, (_, count) => count + 1).ToString(CultureInfo.InvariantCulture);
        return SeededRandom.DrawDouble("fault", seed, digest, time) < share ? All[SeededRandom.Draw("kind", seed, digest, time) % (ulong)All.Length] : null;
    }
}
