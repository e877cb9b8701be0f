namespace NaturalThoughts.Teaching.Calling;

/// <summary>Addresses of endpoints: http or https, without user, query or fragment, in which keys could hide.</summary>
internal static class EndpointAddress
{
    public const string Hint =
        "Give http:// or https:// with host and path, such as http://localhost:8000/v1, without user, query or fragment; "
        + "a key comes from the environment (keyVariable).";

    public static bool IsFine(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            && !url.Contains('?', StringComparison.Ordinal) && !url.Contains('#', StringComparison.Ordinal) && !url.Contains('@', StringComparison.Ordinal);

    /// <summary>The one spelling that keys are made from: scheme and host in lower case, no default port, no slash at the end.</summary>
    public static string Normal(string url) => new Uri(url).AbsoluteUri.TrimEnd('/');

    /// <summary>What of a wrong address may be shown: the part before anything that could be a secret.</summary>
    public static string Printable(string url)
    {
        int at = url.LastIndexOf('@');
        string rest = at < 0 ? url : "..." + url[at..];
        int end = rest.IndexOfAny(['?', '#']);
        return end < 0 ? rest : rest[..end] + "...";
    }
}
