using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The parameters of <c>select</c> as JSON: the settings of other methods, and what changes nothing, are left out.</summary>
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
        Add("shortReference", options.ShortReference);
        Set(options.PermuteAnnotations, "permuteAnnotations", true);
        Set(options.CorrectOnly, "correctOnly", true);
        Set(options.ExceptDomain is not null, "exceptDomain", options.ExceptDomain);
        Set(options.Levels.Count > 0, "levels", new JsonArray([.. options.Levels.Select(level => (JsonNode)level)]));
        Set(options.AnnotationNoise > 0, "annotationNoise", options.AnnotationNoise);
        Set(options.Share < 1, "share", options.Share);
        if (options.Match is { } match)
        {
            json["match"] = new JsonObject
            {
                ["by"] = match.By,
                ["with"] = Of(match.With),
                ["mix"] = match.Mix,
                ["epochs"] = match.Epochs,
                ["batchTokens"] = match.BatchTokens,
                ["trainingSeed"] = match.TrainingSeed,
            };
            if (match.HeldOut > 0)
            {
                json["match"]!["heldOut"] = match.HeldOut;
            }

            if (match.WithMix is not null)
            {
                json["match"]!["withMix"] = match.WithMix;
            }

            if (match.InstructionDropout > 0)
            {
                json["match"]!["instructionDropout"] = match.InstructionDropout;
            }
        }

        return json;

        void Set(bool given, string name, JsonNode? value)
        {
            if (given)
            {
                json[name] = value;
            }
        }

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
