using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sampling</c>, <c>limits</c> and <c>prices</c> of an endpoint; what is not given is left to the stage's defaults.</summary>
internal static class EndpointParts
{
    private const double LongestSeconds = 86_400;
    private const double DearestMillion = 1_000_000_000;
    private const int DefaultStart = 4;
    private const long LargestSeed = 1L << 52; // replicates are added to it, and JSON's readers may know no larger integers

    private static readonly string[] LimitFields = ["max_completion_tokens", "max_tokens"];

    /// <summary>How replies are drawn; null where nothing is said of it.</summary>
    public static JsonObject? Sampling(MapReader parent)
    {
        if (parent.Map("sampling", Shapes.EndpointSampling, required: false) is not { } reader)
        {
            return null;
        }

        JsonObject json = [];
        FieldMap.Add(json, "temperature", reader.Number("temperature", 0, 2, required: false));
        FieldMap.Add(json, "topP", reader.Number("topP", 0, 1, open: true, required: false));
        FieldMap.Add(json, "maxTokens", reader.Integer("maxTokens", 1, 10_000_000, required: false));
        FieldMap.Add(json, "seed", reader.Long("seed", 0, LargestSeed, required: false));
        if (reader.Find("stop") is not null)
        {
            json["stop"] = new JsonArray([.. reader.Texts("stop").Select(text => (JsonNode)text.Value)]);
        }

        if (reader.Find("extra") is { } extra && NodeReader.Map(extra, "extra", reader.Errors) is { } members)
        {
            json["extra"] = YamlJson.Of(members);
        }

        return json;
    }

    /// <summary>How the endpoint is called; null where nothing is said of it.</summary>
    public static JsonObject? Limits(MapReader parent)
    {
        if (parent.Map("limits", Shapes.EndpointLimits, required: false) is not { } reader)
        {
            return null;
        }

        JsonObject json = [];
        int? most = reader.Integer("maxConcurrency", 1, 10_000, required: false);
        FieldMap.Add(json, "maxConcurrency", most);
        FieldMap.Add(json, "startConcurrency", reader.Integer("startConcurrency", 1, 10_000, required: false) ?? (most < DefaultStart ? most : null));
        foreach ((string key, int least) in new[] { ("requestsPerMinute", 1), ("tokensPerMinute", 1), ("retries", 0), ("busyRetries", 0), ("maxReplyBytes", 1024), ("maxUnanswered", 0) })
        {
            FieldMap.Add(json, key, reader.Integer(key, least, required: false));
        }

        foreach (string key in (string[])["backoff", "maxBackoff", "firstByteTimeout", "idleTimeout", "attemptTimeout"])
        {
            FieldMap.Add(json, key, reader.Number(key, 0, LongestSeconds, open: true, required: false));
        }

        FieldMap.Add(json, "stream", reader.Flag("stream"));
        FieldMap.Add(json, "tokenLimitField", reader.OneOf("tokenLimitField", LimitFields, required: false));
        return json;
    }

    /// <summary>What tokens cost; null where nothing is said of it.</summary>
    public static JsonObject? Prices(MapReader parent)
    {
        if (parent.Map("prices", Shapes.EndpointPrices, required: false) is not { } reader)
        {
            return null;
        }

        JsonObject json = [];
        FieldMap.Add(json, "inputPerMillion", reader.Number("inputPerMillion", 0, DearestMillion, required: false));
        FieldMap.Add(json, "outputPerMillion", reader.Number("outputPerMillion", 0, DearestMillion, required: false));
        return json;
    }
}
