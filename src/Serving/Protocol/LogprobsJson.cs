using System.Text.Json.Nodes;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>Log-probabilities in OpenAI's two forms.</summary>
internal static class LogprobsJson
{
    /// <summary>The member <c>logprobs</c> of a choice; null where it was not asked for.</summary>
    public static JsonObject? Of(Generation generation, IReadOnlyList<TokenLogprob> tokens) =>
        generation.Request.TopLogprobs is null ? null : generation.IsChat ? Chat(tokens) : Completion(tokens);

    private static JsonObject Chat(IReadOnlyList<TokenLogprob> tokens) => new()
    {
        ["content"] = new JsonArray([.. tokens.Select(token =>
        {
            JsonObject json = One(token);
            json["top_logprobs"] = new JsonArray([.. token.Top.Select(One)]);
            return json;
        })]),
    };

    private static JsonObject One(TokenLogprob token) => new()
    {
        ["token"] = token.Token,
        ["logprob"] = token.Logprob,
        ["bytes"] = new JsonArray([.. token.Bytes.Select(value => JsonValue.Create((int)value))]),
    };

    private static JsonObject Completion(IReadOnlyList<TokenLogprob> tokens)
    {
        JsonArray top = [];
        foreach (TokenLogprob token in tokens)
        {
            JsonObject byText = [];
            foreach (TokenLogprob other in token.Top.Prepend(token))
            {
                byText[other.Token] = other.Logprob;
            }

            top.Add(byText);
        }

        return new JsonObject
        {
            ["tokens"] = new JsonArray([.. tokens.Select(token => JsonValue.Create(token.Token))]),
            ["token_logprobs"] = new JsonArray([.. tokens.Select(token => JsonValue.Create(token.Logprob))]),
            ["top_logprobs"] = top,
        };
    }
}
