using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>Parameters that several stages of a student have; those with the default value are left out of the key.</summary>
internal static class StudentParameters
{
    /// <summary>The parameters of a stage that encodes texts; special tokens are named only where they are no plain text.</summary>
    public static JsonObject Spoken(Profile profile, JsonObject parameters)
    {
        if (profile.ParsesSpecialTokens)
        {
            parameters[StageParameters.Name(nameof(GenerationOptions.SpecialTokensInText))] = nameof(SpecialTokensInText.Parsed);
        }

        return parameters;
    }

    /// <summary>The parameters of a stage that embeds questions with the student.</summary>
    public static JsonObject Embedding(Profile profile, int? batchTokens, EmbedPooling pooling)
    {
        JsonObject parameters = new() { [StageParameters.Name(nameof(EmbedOptions.BatchTokens))] = batchTokens };
        if (pooling != EmbedPooling.Mean)
        {
            parameters[StageParameters.Name(nameof(EmbedOptions.Pooling))] = pooling.ToString();
        }

        return WithPrecision(profile.EmbeddingPrecision, Spoken(profile, parameters));
    }

    /// <summary>The parameters with a precision, where the profile gives one.</summary>
    public static JsonObject WithPrecision(string? precision, JsonObject parameters)
    {
        if (precision is not null)
        {
            parameters[StageParameters.Name(nameof(GenerationOptions.Precision))] = precision;
        }

        return parameters;
    }
}
