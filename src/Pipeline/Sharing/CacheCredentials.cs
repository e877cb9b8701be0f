using System.Net.Http.Headers;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>
/// Who we are to an HTTP cache: a bearer token, or a user and a password, from the environment alone, so that they are in no command
/// line, file, record, key or log.
/// </summary>
public sealed class CacheCredentials
{
    /// <summary>The environment variable with a bearer token.</summary>
    public const string TokenVariable = "NATURALTHOUGHTS_CACHE_TOKEN";

    /// <summary>The environment variable with a user's name.</summary>
    public const string UserVariable = "NATURALTHOUGHTS_CACHE_USER";

    /// <summary>The environment variable with the user's password.</summary>
    public const string PasswordVariable = "NATURALTHOUGHTS_CACHE_PASSWORD";

    private CacheCredentials(AuthenticationHeaderValue header) => Header = header;

    /// <summary>The header of every request.</summary>
    internal AuthenticationHeaderValue Header { get; }

    /// <summary>Reads them; null where there are none.</summary>
    /// <param name="variable">Name of an environment variable to its value.</param>
    /// <exception cref="UserErrorException">They are incomplete or cannot be sent. No value is shown.</exception>
    public static CacheCredentials? Read(Func<string, string?> variable)
    {
        string token = variable(TokenVariable) ?? "", user = variable(UserVariable) ?? "", password = variable(PasswordVariable) ?? "";
        if (token.Length > 0 && user.Length + password.Length > 0)
        {
            throw new UserErrorException(
                "Both a token and a user are set for the shared cache.", TokenVariable,
                $"Set either {TokenVariable}, or {UserVariable} and {PasswordVariable}.");
        }

        if (token.Any(c => c is < '!' or > '~'))
        {
            throw new UserErrorException(
                "The token has a space, a line break or another character that an HTTP header cannot carry.", TokenVariable, "Set it without.");
        }

        if ((user.Length > 0) != (password.Length > 0))
        {
            throw new UserErrorException(
                "The shared cache needs both a user and a password.", user.Length > 0 ? PasswordVariable : UserVariable, "Set it, too.");
        }

        if (user.Contains(':', StringComparison.Ordinal))
        {
            throw new UserErrorException(
                "The user's name for the shared cache has a colon, which Basic authentication cannot hold.", UserVariable, "Use another name, or a token.");
        }

        return token.Length > 0 ? new CacheCredentials(new AuthenticationHeaderValue("Bearer", token))
            : user.Length > 0
            ? new CacheCredentials(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + password))))
            : null;
    }
}
