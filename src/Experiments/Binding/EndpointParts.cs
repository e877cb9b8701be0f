using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds <c>sampling</c>, <c>limits</c> and <c>prices</c> of an endpoint; what is not given is left to the stage's defaults.</summary>
internal static class EndpointParts
{
    /// <summary>How replies are drawn; null where nothing is said of it.</summary>
    public static JsonObject? Sampling(MapReader parent)
    {
        if (parent.Map("sampling") is not { } reader)
        {
            return null;
        }

        JsonObject json = reader.Parameters();
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
        if (parent.Map("limits") is not { } reader)
        {
            return null;
        }

        JsonObject json = reader.Parameters();
        if (json["startConcurrency"] is null && (int?)json["maxConcurrency"] is { } most && most < (long)reader.Shape["startConcurrency"].Default!)
        {
            json["startConcurrency"] = most;
        }

        return json;
    }

    /// <summary>What tokens cost; null where nothing is said of it.</summary>
    public static JsonObject? Prices(MapReader parent) => parent.Map("prices")?.Parameters();
}
