using System.Text.Json;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>A key out of the environment. It leaves this class in one place only, the header of a request.</summary>
internal sealed class ApiKey
{
    /// <summary>Shorter values, such as vLLM's customary <c>EMPTY</c>, are no secrets and are not searched for in replies.</summary>
    private const int ShortestSecret = 8;

    private readonly string? _value;
    private readonly string[] _spellings;

    private ApiKey(string? value)
    {
        _value = value;
        _spellings = value is not { Length: >= ShortestSecret } ? [] : [.. new[]
        {
            value, JsonEncodedText.Encode(value).Value, Uri.EscapeDataString(value), value.Replace("/", "\\/", StringComparison.Ordinal),
        }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The key for an endpoint that needs none.</summary>
    public static ApiKey None { get; } = new(null);

    /// <summary>The value for the header; null where there is none.</summary>
    public string? Reveal() => _value;

    /// <summary>Reads an environment variable.</summary>
    /// <exception cref="UserErrorException">It is not set, or no header could carry it. The message names the variable only.</exception>
    public static ApiKey FromEnvironment(string? variable)
    {
        if (variable is null)
        {
            return None;
        }

        string value = (Environment.GetEnvironmentVariable(variable) ?? "").Trim();
        if (value.Length == 0)
        {
            throw new UserErrorException(
                $"The environment variable '{variable}' is not set.", "endpoint.keyVariable", "It holds the endpoint's key: set it and run again.");
        }

        return value.All(c => c is > ' ' and < (char)127)
            ? new ApiKey(value)
            : throw new UserErrorException(
                $"The environment variable '{variable}' has spaces, line breaks or characters that an HTTP header cannot carry.", "endpoint.keyVariable",
                "Set it to the key alone.");
    }

    /// <summary>The text with the key taken out, however it is escaped: servers may send back what they were sent.</summary>
    public string Redact(string text)
    {
        foreach (string spelling in _spellings)
        {
            text = text.Replace(spelling, "[key]", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>True where a text holds the key.</summary>
    public bool IsIn(string text) => _spellings.Any(spelling => text.Contains(spelling, StringComparison.Ordinal));

    /// <inheritdoc />
    public override string ToString() => "[key]";
}
