using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The parameters of <c>select</c> as JSON: the settings of other methods, and a control that is off, are left out.</summary>
internal static class SelectParameters
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonObject Of(SelectOptions options)
    {
        JsonObject json = new() { ["method"] = options.Method, ["size"] = options.Size, ["seed"] = options.Seed };
        Add("semanticEmbeddings", options.SemanticEmbeddings);
        Add("reasoningStrategies", options.ReasoningStrategies);
        Add("longReasoning", options.LongReasoning);
        Add("verbosity", options.Verbosity);
        if (options.PermuteAnnotations)
        {
            json["permuteAnnotations"] = true;
        }

        return json;

        void Add<T>(string name, T? settings)
            where T : class
        {
            if (settings is not null)
            {
                json[name] = JsonSerializer.SerializeToNode(settings, Format);
            }
        }
    }
}
