using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>Replies in the JSON of OpenAI's chat completions and completions, whole or in chunks.</summary>
/// <param name="generation">The request.</param>
/// <param name="id">The reply's id.</param>
/// <param name="created">Seconds since 1970.</param>
internal sealed class ReplyJson(Generation generation, string id, long created)
{
    private bool IsChat => generation.IsChat;

    /// <summary>The whole reply as one JSON object, for a request without streaming.</summary>
    public JsonObject Whole(IReadOnlyList<Choice> choices) =>
        Around(IsChat ? "chat.completion" : "text_completion", new JsonArray([.. choices.Select(Whole)]), Usage(choices));

    /// <summary>One piece of a stream.</summary>
    public JsonObject Chunk(int index, ReplyPiece piece, bool first)
    {
        JsonObject choice = new() { ["index"] = index };
        if (IsChat)
        {
            JsonObject delta = [];
            if (first)
            {
                delta["role"] = "assistant";
                delta["content"] = "";
            }

            if (piece.Text.Length > 0)
            {
                foreach (string name in piece.IsReasoning ? ReasoningNames : ContentNames)
                {
                    delta[name] = piece.Text;
                }
            }

            choice["delta"] = delta;
        }
        else
        {
            choice["text"] = piece.Text;
        }

        choice["logprobs"] = LogprobsJson.Of(generation, piece.Logprobs);
        choice["finish_reason"] = piece.FinishReason;
        return Around(ChunkKind, new JsonArray(choice), null);
    }

    /// <summary>The last chunk of a stream that ends with the counts.</summary>
    public JsonObject UsageChunk(IReadOnlyList<Choice> choices) => Around(ChunkKind, [], Usage(choices));

    // vLLM's name since 2025, and the older one, which DeepSeek has: clients know one of them.
    private static readonly string[] ReasoningNames = ["reasoning", "reasoning_content"];
    private static readonly string[] ContentNames = ["content"];

    private string ChunkKind => IsChat ? "chat.completion.chunk" : "text_completion";

    private JsonObject Whole(Choice choice, int index)
    {
        JsonObject json = new() { ["index"] = index };
        if (IsChat)
        {
            JsonObject message = new() { ["role"] = "assistant", ["content"] = choice.Content, ["refusal"] = null };
            foreach (string name in choice.Reasoning is null ? [] : ReasoningNames)
            {
                message[name] = choice.Reasoning;
            }

            json["message"] = message;
        }
        else
        {
            json["text"] = choice.Content;
        }

        json["logprobs"] = LogprobsJson.Of(generation, choice.Logprobs);
        json["finish_reason"] = choice.FinishReason;
        return json;
    }

    private JsonObject Around(string kind, JsonArray choices, JsonObject? usage)
    {
        JsonObject json = new() { ["id"] = id, ["object"] = kind, ["created"] = created, ["model"] = generation.Model, ["choices"] = choices };
        if (usage is not null)
        {
            json["usage"] = usage;
        }

        return json;
    }

    private static JsonObject Usage(IReadOnlyList<Choice> choices)
    {
        (int prompt, int reply) = (choices.Max(choice => choice.PromptTokens), choices.Sum(choice => choice.Tokens));
        return new JsonObject
        {
            ["prompt_tokens"] = prompt,
            ["completion_tokens"] = reply,
            ["total_tokens"] = prompt + reply,
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = choices.Sum(choice => choice.ReasoningTokens) },
        };
    }
}
