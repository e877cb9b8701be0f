using System.Text.Json.Serialization;

namespace NaturalThoughts.Selection;

/// <summary>What the training of a matched selection costs, and what that of the one that it is matched with.</summary>
/// <param name="MatchedBy">One of <see cref="MatchOptions.Known"/>.</param>
/// <param name="Examples">Examples of the matched one.</param>
/// <param name="Tokens">Trained tokens of all epochs, padding excluded.</param>
/// <param name="Steps">Steps of the optimiser.</param>
/// <param name="WithMethod">The method that it is matched with.</param>
/// <param name="WithExamples">Examples of the other one.</param>
/// <param name="WithTokens">Its trained tokens.</param>
/// <param name="WithSteps">Its steps.</param>
public sealed record TrainingCost(string MatchedBy, int Examples, long Tokens, int Steps, string WithMethod, int WithExamples, long WithTokens, int WithSteps)
{
    /// <summary>The mix of the matched one; null, and absent from files, where both have the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mix { get; init; }

    /// <summary>The mix of the other one; null, and absent from files, where both have the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WithMix { get; init; }
}
