namespace NaturalThoughts.Serving;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>; OpenAI's <c>developer</c> is <c>system</c>.</param>
/// <param name="Content">Its text.</param>
public sealed record ModelMessage(string Role, string Content);
