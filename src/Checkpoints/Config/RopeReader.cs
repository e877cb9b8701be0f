using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Config;

/// <summary>Reads the rotary settings of config.json in both spellings: <c>rope_theta</c> beside <c>rope_scaling</c>, and <c>rope_parameters</c>.</summary>
internal static class RopeReader
{
    private const string Llama3 = "llama3";
    private const string Theta = "rope_theta";
    private const string Length = "original_max_position_embeddings";
    private static readonly string[] Numbers = ["factor", "low_freq_factor", "high_freq_factor"];

    /// <summary>The base, and the scaling or null.</summary>
    public static (double Theta, RopeScaling? Scaling) Read(JsonFields fields, string location)
    {
        double theta = fields.Positive(Theta, 10000);
        RopeScaling? scaling = null;
        bool read = false;
        foreach (string key in new[] { "rope_scaling", "rope_parameters" })
        {
            if (fields.Object(key) is not { } rope)
            {
                continue;
            }

            JsonFields nested = new(rope, $"{location}: {key}");
            double inner = nested.Positive(Theta, theta);
            if (fields.Has(Theta) && inner != theta)
            {
                nested.Error(Theta, $"rope_theta is {nested.Text(Theta)} here and {fields.Text(Theta)} beside it.");
            }

            theta = inner;
            RopeScaling? here = Scaling(rope, nested, key);
            if (read && here != scaling)
            {
                nested.Error("rope_type", "rope_scaling and rope_parameters do not mean the same.", "Keep one of them.");
            }

            (scaling, read) = (here, true);
            fields.Add(nested);
        }

        return (theta, scaling);
    }

    /// <summary>As config.json of published checkpoints has it; null for none.</summary>
    public static JsonObject? Write(RopeScaling? scaling) => scaling is null
        ? null
        : new JsonObject
        {
            ["rope_type"] = Llama3,
            [Numbers[0]] = scaling.Factor,
            [Numbers[1]] = scaling.LowFreqFactor,
            [Numbers[2]] = scaling.HighFreqFactor,
            [Length] = scaling.OriginalMaxPositionEmbeddings,
        };

    private static RopeScaling? Scaling(JsonObject rope, JsonFields nested, string key)
    {
        string kind = Kind(nested);
        bool scaled = kind == Llama3;
        if (!scaled && kind != "default")
        {
            nested.Error("rope_type", $"rope type '{Quoted.Of(kind)}' is not supported; 'default' and 'llama3' are.");
            return null;
        }

        foreach ((string name, JsonNode? value) in rope)
        {
            bool known = name is "rope_type" or "type" or Theta || (scaled && (name == Length || Numbers.Contains(name)));
            if (value is not null && !known)
            {
                nested.Error(name, $"The field '{Quoted.Of(name)}' of {key} is not supported for the rope type '{kind}'.");
            }
        }

        if (!scaled)
        {
            return null;
        }

        foreach (string name in Numbers.Append(Length).Where(name => !nested.Has(name)))
        {
            nested.Error(name, $"'{name}' is missing, which the rope type 'llama3' needs.");
        }

        RopeScaling scaling = new(
            nested.Positive(Numbers[0], 1), nested.Positive(Numbers[1], 1), nested.Positive(Numbers[2], 2), nested.Integer(Length, 1, 1));
        if (scaling.HighFreqFactor <= scaling.LowFreqFactor)
        {
            nested.Error(Numbers[2], $"high_freq_factor {nested.Text(Numbers[2])} is not above low_freq_factor {nested.Text(Numbers[1])}.");
        }

        return scaling;
    }

    private static string Kind(JsonFields nested)
    {
        string? kind = nested.String("rope_type");
        string? old = nested.String("type");
        if (kind is not null && old is not null && kind != old)
        {
            nested.Error("type", $"'type' is '{old}' and 'rope_type' is '{kind}'.", "Keep one of them.");
        }

        return kind ?? old ?? "default";
    }
}
