using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests.Calling;

public sealed class ChatCallTests
{
    private static readonly EndpointOptions Endpoint =
        new() { Url = "https://host.example/v1", Model = "m", Sampling = new() { Temperature = 0.6, MaxTokens = 100 } };

    private static readonly ChatMessageText[] Messages = [new("system", "s"), new("user", "u")];

    private static readonly ContentHash Key = ChatCall.Of(Endpoint, Messages).Key;

    [Fact]
    public void Should_BeAnotherCall_When_AnyOfItDiffers()
    {
        ContentHash[] others =
        [
            ChatCall.Of(Endpoint with { Url = "https://host.example/v2" }, Messages).Key,
            ChatCall.Of(Endpoint with { Url = "http://host.example/v1" }, Messages).Key,
            ChatCall.Of(Endpoint with { Model = "n" }, Messages).Key,
            ChatCall.Of(Endpoint, [new("system", "t"), Messages[1]]).Key,
            ChatCall.Of(Endpoint, [Messages[1]]).Key,
            ChatCall.Of(Endpoint, [Messages[0], new("user", "u ")]).Key,
            ChatCall.Of(Endpoint, [new("user", "s"), new("user", "u")]).Key,
            ChatCall.Of(Endpoint, Messages, "{}").Key,
            ChatCall.Of(Endpoint, Messages, sample: 1).Key,
            .. new Func<SamplingOptions, SamplingOptions>[]
            {
                s => s with { Temperature = 0.7 }, s => s with { Temperature = null }, s => s with { TopP = 0.9 }, s => s with { MaxTokens = 101 },
                s => s with { Seed = 0 }, s => s with { Stop = ["x"] }, s => s with { Extra = new JsonObject { ["top_k"] = 1 } },
            }.Select(change => ChatCall.Of(Endpoint with { Sampling = change(Endpoint.Sampling) }, Messages).Key),
        ];
        Assert.Equal(others.Length + 1, others.Append(Key).Distinct().Count());
    }

    [Fact]
    public void Should_BeTheSameCall_When_OnlyTheWayDiffers()
    {
        Assert.Equal(Key, ChatCall.Of(Endpoint with { Url = "HTTPS://Host.Example:443/v1/" }, Messages).Key);
        Assert.Equal(
            Key,
            ChatCall.Of(
                Endpoint with
                {
                    KeyVariable = "K",
                    AddressVariable = "A",
                    Limits = new() { Retries = 1, Stream = false },
                    Prices = new() { InputPerMillion = 1 },
                }, Messages).Key);
        JsonObject one = new() { ["a"] = 1, ["b"] = 2 }, two = new() { ["b"] = 2, ["a"] = 1 };
        Assert.Equal(
            ChatCall.Of(Endpoint with { Sampling = new() { Extra = one } }, Messages, """{"a":1,"b":2}""").Key,
            ChatCall.Of(Endpoint with { Sampling = new() { Extra = two } }, Messages, """{ "b": 2, "a": 1 }""").Key);
    }

    [Fact]
    public void Should_KeepItsKey_When_TheCodeChanges()
    {
        // Another key would make every kept call worthless. The digest is `sha256sum` of this text.
        const string Canonical = """{"endpoint":"https://host.example/v1","format":1,"messages":[{"content":"s","role":"system"},{"content":"u","role":"user"}],"model":"m","sample":0,"sampling":{"extra":null,"maxTokens":100,"seed":null,"stop":[],"temperature":0.6,"topP":null},"schema":null}""";
        Assert.Equal(Canonical, CanonicalJson.Write(ChatCall.Of(Endpoint, Messages).Request));
        Assert.Equal("bf78382cdd7d716acbdaf387fd845b9ddc862154e4cb342bbd4f409bf8ca3806", Key.Hex);
    }
}
