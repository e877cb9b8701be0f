using System.Text.Json.Serialization;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>One turn of a conversation.</summary>
public sealed class DatasetMessage
{
    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    [JsonPropertyName("role")]
    public required string Role { get; init; }

    /// <summary>The text of the turn.</summary>
    [JsonPropertyName("content")]
    public required string Content { get; init; }
}
