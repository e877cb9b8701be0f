using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Hub;

/// <summary>Which hub, and who asks: from the environment, by the names that the hub's own programs use.</summary>
public sealed class HubSettings
{
    /// <summary>The variable with another hub's address.</summary>
    public const string AddressVariable = "HF_ENDPOINT";

    /// <summary>The variable with the token, which data sets with terms need.</summary>
    public const string TokenVariable = "HF_TOKEN";

    private static readonly Uri Known = new("https://huggingface.co/");
    private readonly string? _token;

    /// <param name="address">The hub's address; null for huggingface.co.</param>
    /// <param name="token">The token; null for none.</param>
    /// <exception cref="UserErrorException">They cannot be used. No message holds the token.</exception>
    public HubSettings(string? address, string? token)
    {
        Address = address is null ? Known : Parse(address);
        _token = string.IsNullOrWhiteSpace(token) ? null : token.Trim();
        if (_token is not null && !_token.All(letter => letter is > ' ' and < (char)127))
        {
            throw new UserErrorException(
                $"The environment variable '{TokenVariable}' has characters that an HTTP header cannot carry.", TokenVariable, "Set it to the token alone.");
        }
    }

    /// <summary>The hub's address, ending with a slash.</summary>
    public Uri Address { get; }

    /// <summary>True where there is a token.</summary>
    public bool HasToken => _token is not null;

    /// <summary>What the environment says.</summary>
    public static HubSettings FromEnvironment() => new(Environment.GetEnvironmentVariable(AddressVariable), Environment.GetEnvironmentVariable(TokenVariable));

    /// <summary>The token for a request to an address: only the hub itself is told, never the servers that it sends readers to.</summary>
    internal string? TokenFor(Uri url) => url.Scheme == Address.Scheme && url.Authority == Address.Authority ? _token : null;

    private static Uri Parse(string address)
    {
        bool sound = Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0
            && uri.Query.Length == 0;
        return sound && (uri!.Scheme == "https" || uri.IsLoopback)
            ? uri
            : throw new UserErrorException(
                $"The environment variable '{AddressVariable}' is not the address of a hub.", AddressVariable,
                "Write https://HOST, without user and query; http goes to this machine only.");
    }
}
