using NaturalThoughts.Contracts;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>A chat model behind an OpenAI-compatible endpoint.</summary>
public sealed record EndpointOptions
{
    /// <summary>The address up to and with <c>/v1</c>, such as <c>https://api.example.org/v1</c>; part of the call's key.</summary>
    public required string Url { get; init; }

    /// <summary>The model's name there; part of the call's key.</summary>
    public required string Model { get; init; }

    /// <summary>The name of the environment variable that holds the key; null for an endpoint without one. The key itself is never in a file.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>
    /// The name of an environment variable with the address to send to in place of <see cref="Url"/>, which then is a name only: for servers
    /// whose host changes from job to job. Null, or a variable that is not set: <see cref="Url"/>.
    /// </summary>
    public string? AddressVariable { get; init; }

    /// <summary>Temperature, top-p, limit of tokens and other members of a request.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>How the endpoint is called.</summary>
    public CallLimits Limits { get; init; } = new();

    /// <summary>Prices of the endpoint's tokens; they decide --max-cost.</summary>
    public CallPrices Prices { get; init; } = new();

    /// <summary>All that is wrong with these options; locations are members such as <c>endpoint.url</c>.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [];
        void Check(bool fine, string member, string message, string hint)
        {
            if (!fine)
            {
                errors.Add(new UserError(message, $"endpoint.{member}", hint));
            }
        }

        Check(EndpointAddress.IsFine(Url), "url", $"'{EndpointAddress.Printable(Url)}' is not the address of an endpoint.", EndpointAddress.Hint);
        Check(Model.Length > 0, "model", "The model has no name.", "Give the name that the endpoint lists under /v1/models.");
        foreach ((string member, string? name) in new[] { ("keyVariable", KeyVariable), ("addressVariable", AddressVariable) })
        {
            Check(
                name is null || (name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')),
                member,
                "This is not the name of an environment variable.",
                "Give the variable's name, such as TEACHER_KEY: letters, digits and '_'. A key itself never belongs into a file.");
        }

        SamplingOptions sampling = Sampling;
        Check(sampling.MaxTokens > 0, "sampling.maxTokens", $"A reply cannot be limited to {sampling.MaxTokens} tokens.", "Give at least 1.");
        Check(
            sampling.Temperature is null or (>= 0 and <= 2), "sampling.temperature", $"The temperature {sampling.Temperature} is out of range.",
            "Give a number from 0 to 2.");
        Check(sampling.TopP is null or (> 0 and <= 1), "sampling.topP", $"The share {sampling.TopP} is out of range.", "Give a number above 0, at most 1.");
        foreach (string member in (sampling.Extra ?? []).Select(pair => pair.Key).Intersect(ReservedMembers, StringComparer.Ordinal))
        {
            Check(false, $"sampling.extra.{member}", $"'{member}' is set by the client.", "Use the option for it, where there is one.");
        }

        CallLimits limits = Limits;
        Check(
            limits.StartConcurrency >= 1 && limits.StartConcurrency <= limits.MaxConcurrency, "limits.startConcurrency",
            $"'startConcurrency' cannot be {limits.StartConcurrency}.", $"Give 1 to maxConcurrency, which is {limits.MaxConcurrency}.");
        Check(
            limits.MaxConcurrency is >= 1 and <= 10_000, "limits.maxConcurrency", $"{limits.MaxConcurrency} calls at once are out of range.",
            "Give 1 to 10000.");
        foreach ((string member, double value, double least) in new[]
        {
            ("requestsPerMinute", limits.RequestsPerMinute ?? 1, 1), ("tokensPerMinute", limits.TokensPerMinute ?? 1, 1),
            ("retries", limits.Retries, 0), ("busyRetries", limits.BusyRetries, 0), ("maxUnanswered", limits.MaxUnanswered, 0.0),
            ("maxReplyBytes", limits.MaxReplyBytes ?? 1024, 1024),
        })
        {
            Check(
                value >= least, $"limits.{member}", FormattableString.Invariant($"{value} is too small."),
                FormattableString.Invariant($"Give at least {least}."));
        }

        foreach ((string member, double seconds) in new[]
        {
            ("backoff", limits.Backoff), ("maxBackoff", limits.MaxBackoff), ("firstByteTimeout", limits.FirstByteTimeout),
            ("idleTimeout", limits.IdleTimeout), ("attemptTimeout", limits.AttemptTimeout),
        })
        {
            Check(
                seconds is > 0 and <= 86_400, $"limits.{member}", FormattableString.Invariant($"{seconds} seconds are out of range."),
                "Give more than 0, at most 86400.");
        }

        Check(
            limits.TokenLimitField is "max_tokens" or "max_completion_tokens", "limits.tokenLimitField", $"'{limits.TokenLimitField}' is not known.",
            "Give max_tokens or max_completion_tokens.");
        Check(Prices.InputPerMillion >= 0 && Prices.OutputPerMillion >= 0, "prices", "A price is negative.", "Give the price of a million tokens, 0 for none.");
        return errors;
    }

    private static readonly string[] ReservedMembers =
        [
            "model", "messages", "stream", "stream_options", "temperature", "top_p", "max_tokens", "max_completion_tokens", "seed", "stop", "response_format",
            "n",
        ];
}
