using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Running;

/// <summary>The messages of calls.</summary>
internal static class Conversation
{
    /// <summary>The system's message, where there is one, and the user's.</summary>
    public static IReadOnlyList<ChatMessageText> Begin(string? system, string user) =>
        system is null ? [new("user", user)] : [new("system", system), new("user", user)];

    /// <summary>The failure of a call that got no answer.</summary>
    public static FailedReply Unanswered(string questionId, CallOutcome outcome) => new(questionId, outcome.Reason!, outcome.Detail, null, null, 0);
}
