using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Teaching.Running;

/// <summary>Calls whose reply must be a JSON object of a certain form. A reply of another form is sent back with what is wrong, a few times.</summary>
/// <param name="model">The model.</param>
/// <param name="schema">The object's JSON schema.</param>
/// <param name="structured">Whether the schema is sent along, for servers that hold the model to it.</param>
/// <param name="repairs">How often a reply is sent back.</param>
internal sealed class StructuredCalls(RemoteModel model, string schema, bool structured, int repairs)
{
    /// <summary>Asks until a reply can be read; returns the value or the failure.</summary>
    /// <param name="questionId">The question, for the failure.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="read">Reads the object; throws <see cref="FormatException"/> with what is wrong.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public async Task<StructuredReply<T>> AskAsync<T>(
        string questionId, IReadOnlyList<ChatMessageText> messages, Func<System.Text.Json.JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        int tokens = 0;
        for (int repair = 0; ; repair++)
        {
            CallOutcome outcome = await model.CallAsync(ChatCall.Of(model.Endpoint, messages, structured ? schema : null), cancellation).ConfigureAwait(false);
            if (outcome.Entry is not { Reply: var reply })
            {
                return new StructuredReply<T>(null, Conversation.Unanswered(questionId, outcome), Unanswered: true, tokens, repair);
            }

            tokens += reply.ReplyTokens ?? 0;
            string answer = ThinkingReply.Of(reply.Content, reply.Reasoning).Answer;
            string wrong;
            try
            {
                return new StructuredReply<T>(JsonReply.Read(answer, read), null, Unanswered: false, tokens, repair);
            }
            catch (FormatException error)
            {
                wrong = reply.FinishReason == "length" ? "it was cut off because it is too long" : error.Message;
            }

            bool refused = reply.Refusal is not null || reply.FinishReason == "content_filter" || Refusal.Is(answer);
            if (refused || repair == repairs)
            {
                ReplyFailureKind kind = refused
                    ? ReplyFailureKind.Refusal
                    : reply.FinishReason == "length" ? ReplyFailureKind.CutOff : ReplyFailureKind.Unreadable;
                return new StructuredReply<T>(
                    null, new FailedReply(questionId, kind.ToString(), wrong, null, answer, tokens), Unanswered: false, tokens, repair);
            }

            messages = [.. messages, new("assistant", answer), new("user", $"Your reply cannot be used: {wrong}. Reply again, with the JSON object alone.")];
        }
    }
}
