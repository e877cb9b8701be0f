using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>Where a shared cache is: a folder, or a URL with http or https.</summary>
public sealed class CacheLocation
{
    private readonly string? _folder;
    private readonly Uri? _url;

    private CacheLocation(string? folder, Uri? url) => (_folder, _url) = (folder, url);

    /// <summary>Reads the folder or URL that a user gave.</summary>
    /// <param name="text">The folder, from the current one, or the URL.</param>
    /// <param name="switchName">The switch that it was given to.</param>
    /// <exception cref="UserErrorException">It is neither, or the URL holds what may be a secret; that is not shown.</exception>
    public static CacheLocation Parse(string text, string switchName)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            return new CacheLocation(Path.GetFullPath(text), null);
        }

        string scheme = text[..text.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant();
        if (scheme is not ("http" or "https") || !Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            throw new UserErrorException($"A shared cache cannot be at '{scheme}://...'.", switchName, "Give a folder, or a whole URL with http or https.");
        }

        if (url.UserInfo.Length > 0 || text.Contains('@', StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"The URL of the shared cache at {url.Host} holds a user or a password, which would appear in logs.",
                switchName,
                $"Leave it out, and set {CacheCredentials.UserVariable} and {CacheCredentials.PasswordVariable}, or {CacheCredentials.TokenVariable}.");
        }

        if (url.Query.Length + url.Fragment.Length > 0)
        {
            throw new UserErrorException(
                $"The URL of the shared cache at {url.Host} has a '?' or a '#'.", switchName, "Give it up to the folder that holds ac/ and cas/.");
        }

        return new CacheLocation(null, new Uri(url.AbsoluteUri.TrimEnd('/') + "/"));
    }

    /// <summary>The location as messages name it.</summary>
    public string Name => _folder ?? _url!.AbsoluteUri;

    /// <summary>True when credentials would be sent so that others on the way can read them.</summary>
    public bool IsReadableOnTheWay => _url is { IsLoopback: false } && _url.Scheme == Uri.UriSchemeHttp;

    /// <summary>Opens it; no request is made yet.</summary>
    /// <param name="credentials">For a URL; a folder's permissions are the file system's.</param>
    public ISharedStorage Open(CacheCredentials? credentials) => _folder is not null ? new FolderStorage(_folder) : new HttpStorage(_url!, credentials);
}
