using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// A reply as it is gathered from the wire: from one JSON object or from the pieces of a stream. vLLM names the reasoning <c>reasoning</c>
/// (since 2025, pull request 27752) or <c>reasoning_content</c>, DeepSeek the latter; some send both with the same text.
/// </summary>
internal sealed class WireMessage
{
    /// <summary>A repeated piece of at least this length is hardly the same token twice.</summary>
    private const int LongPiece = 16;

    private readonly StringBuilder _content = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _reasoningContent = new();
    private readonly StringBuilder _refusal = new();
    private string? _finish;
    private string? _model;
    private JsonElement? _usage;
    private bool _anyChoice;
    private int _pieces;
    private int _repeated;
    private int _longRepeated;
    private string? _last;

    /// <summary>Takes a whole completion or one piece of a stream.</summary>
    /// <param name="json">The text.</param>
    /// <param name="part"><c>message</c> or <c>delta</c>.</param>
    public void Add(string json, string part)
    {
        using JsonDocument document = Parse(json);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("it is not a JSON object");
        }

        ThrowOnError(root);
        _model ??= WireJson.Text(root, "model");
        if (WireJson.Member(root, "usage", JsonValueKind.Object) is { } usage)
        {
            _usage = usage.Clone();
        }

        if (WireJson.Member(root, "choices", JsonValueKind.Array) is not { } choices)
        {
            return;
        }

        foreach (JsonElement choice in choices.EnumerateArray())
        {
            if (choice.ValueKind != JsonValueKind.Object)
            {
                throw Invalid("a choice is not a JSON object");
            }

            if (WireJson.Number(choice, "index") is null or 0)
            {
                _anyChoice = true;
                Take(choice, part, json);
            }
        }
    }

    /// <summary>The reply, in the one form that goes on to the client; <paramref name="clean"/> takes the key out.</summary>
    /// <exception cref="CallFaultException">It has no choice, no end, or repeated pieces.</exception>
    public byte[] ToCompletion(Func<string, string> clean)
    {
        if (!_anyChoice)
        {
            throw new CallFaultException(CallFaultKind.EmptyChoices, "The reply has no choice.");
        }

        if (_finish is null)
        {
            throw new CallFaultException(CallFaultKind.Cut, "The reply ended without a finish reason.");
        }

        int? tokens = Count("completion_tokens");
        if (_repeated > 0 && (tokens is null || _longRepeated > 0 || _pieces > tokens))
        {
            throw new CallFaultException(CallFaultKind.DuplicatedPieces, $"{_repeated} of {_pieces} pieces of the stream repeat the piece before.");
        }

        JsonObject completion = new()
        {
            ["id"] = "reply",
            ["object"] = "chat.completion",
            ["created"] = 0,
            ["model"] = clean(_model ?? ""),
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = _finish,
                ["message"] = new JsonObject
                {
                    ["role"] = "assistant",
                    ["content"] = clean(_content.ToString()),
                    ["reasoning_content"] = clean((_reasoning.Length > 0 ? _reasoning : _reasoningContent).ToString()),
                    ["refusal"] = _refusal.Length > 0 ? clean(_refusal.ToString()) : null,
                },
            }),
        };
        if (_usage is not null)
        {
            completion["usage"] = new JsonObject
            {
                ["prompt_tokens"] = Count("prompt_tokens") ?? 0,
                ["completion_tokens"] = tokens ?? 0,
                ["total_tokens"] = (Count("prompt_tokens") ?? 0) + (tokens ?? 0),
                ["completion_tokens_details"] = ReasoningTokens() is { } thought ? new JsonObject { ["reasoning_tokens"] = thought } : null,
            };
        }

        return Encoding.UTF8.GetBytes(completion.ToJsonString());
    }

    private void Take(JsonElement choice, string part, string json)
    {
        int before = _content.Length + _reasoning.Length + _reasoningContent.Length;
        if (WireJson.Member(choice, part, JsonValueKind.Object) is { } message)
        {
            _content.Append(WireJson.Content(message));
            _reasoning.Append(WireJson.Text(message, "reasoning"));
            _reasoningContent.Append(WireJson.Text(message, "reasoning_content"));
            _refusal.Append(WireJson.Text(message, "refusal"));
        }

        int length = _content.Length + _reasoning.Length + _reasoningContent.Length - before;
        if (length > 0)
        {
            _pieces++;
            bool same = json == _last;
            _repeated += same ? 1 : 0;
            _longRepeated += same && length >= LongPiece ? 1 : 0;
            _last = json;
        }

        _finish = WireJson.Text(choice, "finish_reason") switch
        {
            null => _finish,
            "abort" or "error" => throw new CallFaultException(CallFaultKind.ServerError, "The server gave up the reply on its way."),
            ("length" or "content_filter" or "tool_calls" or "function_call") and var reason => reason,
            _ => "stop", // "stop", and what others call it: "eos", "end_turn", "stop_sequence"
        };
    }

    private int? Count(string name) => _usage is { } usage ? WireJson.Number(usage, name) : null;

    private int? ReasoningTokens() => _usage is not { } usage ? null
        : WireJson.Member(usage, "completion_tokens_details", JsonValueKind.Object) is { } details ? WireJson.Number(details, "reasoning_tokens")
        : WireJson.Number(usage, "reasoning_tokens");

    // An error may come with the status 200, and in the middle of a stream.
    internal static void ThrowOnError(JsonElement root)
    {
        if (!root.TryGetProperty("error", out JsonElement error) || error.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        int? code = error.ValueKind == JsonValueKind.Object ? WireJson.Number(error, "code") ?? WireJson.Number(error, "status") : null;
        throw code == 429
            ? new CallFaultException(CallFaultKind.Busy, "The reply is an error with the code 429.")
            : new CallFaultException(CallFaultKind.ServerError, "The reply is an error.");
    }

    internal static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw Invalid(error.Message.Length > 200 ? error.Message[..200] : error.Message);
        }
    }

    internal static CallFaultException Invalid(string what) => new(CallFaultKind.InvalidReply, $"The reply cannot be read: {what}.");
}
