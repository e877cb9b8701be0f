using System.Text.Json.Serialization;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>
/// One example of a training set as a row of a Hugging Face dataset. <c>messages</c> is the conversational form that TRL and LLaMA-Factory
/// train on; they leave the other columns alone.
/// </summary>
public sealed class DatasetRow
{
    /// <summary>The user's turn and the assistant's.</summary>
    [JsonPropertyName("messages")]
    public required List<DatasetMessage> Messages { get; init; }

    /// <summary>The question's id.</summary>
    [JsonPropertyName("question_id")]
    public required string QuestionId { get; init; }

    /// <summary><c>System2</c> (trace and answer) or <c>System1</c> (answer alone).</summary>
    [JsonPropertyName("mode")]
    public required string Mode { get; init; }

    /// <summary>The annotated domain.</summary>
    [JsonPropertyName("domain")]
    public required string Domain { get; init; }

    /// <summary>The annotated topics; empty where the annotator gives none.</summary>
    [JsonPropertyName("topics")]
    public required List<string> Topics { get; init; }

    /// <summary>The annotated strategies of the trace.</summary>
    [JsonPropertyName("strategies")]
    public required List<string> Strategies { get; init; }

    /// <summary>The annotated verbosity, 0 to 10.</summary>
    [JsonPropertyName("verbosity")]
    public required int Verbosity { get; init; }

    /// <summary>Length of the trace in the teacher's tokens.</summary>
    [JsonPropertyName("trace_tokens")]
    public required int TraceTokens { get; init; }
}
