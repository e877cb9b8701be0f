using System.Text.Json.Serialization;

namespace NaturalThoughts.Records;

/// <summary>What an annotator read off a question and its trace.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Domain">The question's top-level domain.</param>
/// <param name="Strategies">The trace's reasoning strategies, each once, in ordinal order.</param>
/// <param name="Verbosity">0 (terse) to 10 (very wordy).</param>
public sealed record Annotation(string QuestionId, string Domain, IReadOnlyList<string> Strategies, int Verbosity)
{
    /// <summary>The question's topics within its domain; null where the annotator gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Topics { get; init; }
}
