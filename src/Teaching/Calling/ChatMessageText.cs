namespace NaturalThoughts.Teaching.Calling;

/// <summary>One message of a call.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record ChatMessageText(string Role, string Text);
