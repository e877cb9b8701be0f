using System.Text.Json.Serialization;

namespace NaturalThoughts.Selection;

/// <summary>What a method may select a question by, as one row of signals.jsonl: no text of the question or of its trace.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Domain">The annotated domain.</param>
/// <param name="Strategies">The annotated strategies, each once, in ordinal order.</param>
/// <param name="Verbosity">The annotated verbosity, 0 to 10.</param>
/// <param name="Tokens">Length of the trace in the teacher's tokens.</param>
public sealed record QuestionSignals(string QuestionId, string Domain, IReadOnlyList<string> Strategies, int Verbosity, int Tokens)
{
    /// <summary>The annotated topics within the domain; null, and absent from files, where the annotator gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>Length of the reference answer in characters (code points); of a question with options that of the right option's text.</summary>
    public int ReferenceCharacters { get; init; }

    /// <summary>The level that the source gives the question; null, and absent from files, where it gives none. For reports: no method selects by it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Level { get; init; }
}
