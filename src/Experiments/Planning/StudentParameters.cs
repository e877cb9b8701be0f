using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>
/// Parameters that several stages of a student have; those with the default value are left out of the key. The options of <c>pretrain</c>,
/// <c>fine-tune</c>, <c>embed</c>, <c>example-lengths</c> and <c>import-checkpoint</c> are private to the stages, so the planner writes their names out.
/// </summary>
internal static class StudentParameters
{
    /// <summary>The parameters of a stage that encodes texts; special tokens are named only where they are no plain text.</summary>
    public static JsonObject Spoken(Profile profile, JsonObject parameters)
    {
        if (profile.ParsesSpecialTokens)
        {
            parameters["specialTokensInText"] = nameof(SpecialTokensInText.Parsed);
        }

        return parameters;
    }

    /// <summary>The parameters with a precision, where the profile gives one.</summary>
    public static JsonObject WithPrecision(string? precision, JsonObject parameters)
    {
        if (precision is not null)
        {
            parameters["precision"] = precision;
        }

        return parameters;
    }
}
