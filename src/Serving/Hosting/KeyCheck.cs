using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NaturalThoughts.Serving.Hosting;

/// <summary>
/// Asks each request for the key. Where there is none, loopback is all that reaches the server; a web page in a browser of this machine does too,
/// if its own name is made to point here, and is known by that name.
/// </summary>
/// <param name="key">The key; null where none is needed.</param>
internal sealed class KeyCheck(string? key)
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _digest = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>True where the request may pass. The time that it takes says nothing of the key: digests are compared, all of their bytes.</summary>
    public bool Passes(HttpRequest request)
    {
        if (_digest is null)
        {
            string host = request.Host.Host.Trim('[', ']');
            return host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
        }

        string header = request.Headers.Authorization.ToString();
        string given = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        return CryptographicOperations.FixedTimeEquals(_digest, SHA256.HashData(Encoding.UTF8.GetBytes(given)));
    }
}
