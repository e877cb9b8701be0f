using Microsoft.Extensions.AI;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>Calls and replies in the types of Microsoft.Extensions.AI.</summary>
internal static class ChatMessages
{
    public static IEnumerable<ChatMessage> Of(ChatCall call) => call.Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Text));

    public static ChatOptions Options(ChatCall call, EndpointOptions endpoint)
    {
        SamplingOptions sampling = endpoint.Sampling;
        return new ChatOptions
        {
            Temperature = (float?)sampling.Temperature,
            TopP = (float?)sampling.TopP,
            MaxOutputTokens = sampling.MaxTokens,
            Seed = sampling.Seed,
            StopSequences = sampling.Stop.Count > 0 ? [.. sampling.Stop] : null,
            ResponseFormat = call.SchemaElement() is { } schema ? ChatResponseFormat.ForJsonSchema(schema, "reply") : null,
        };
    }

    public static CallReply Reply(ChatResponse response)
    {
        IList<AIContent> contents = response.Messages.Count > 0 ? response.Messages[^1].Contents : [];
        return new CallReply
        {
            Content = string.Concat(contents.OfType<TextContent>().Select(part => part.Text)),
            Reasoning = string.Concat(contents.OfType<TextReasoningContent>().Select(part => part.Text)),
            Refusal = contents.OfType<ErrorContent>().FirstOrDefault()?.Message,
            FinishReason = response.FinishReason?.Value ?? "stop",
            PromptTokens = (int?)response.Usage?.InputTokenCount,
            ReplyTokens = (int?)response.Usage?.OutputTokenCount,
            ReasoningTokens = (int?)response.Usage?.ReasoningTokenCount,
            Model = response.ModelId,
        };
    }
}
