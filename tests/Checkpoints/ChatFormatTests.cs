using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests;

public class ChatFormatTests
{
    private static readonly string Folder = Fixture.Path("world-tokenizer");
    private static readonly Tokenizer World = Tokenizer.Load(Folder);

    [Fact]
    public void Should_AgreeWithTheRenderedTemplate_When_ConversationsAreEncoded()
    {
        ChatFormat chat = ChatFormat.Load(Folder, World);
        foreach (JsonNode expected in File.ReadLines(Path.Combine(Folder, "chat.jsonl")).Select(line => JsonNode.Parse(line)!))
        {
            JsonArray messages = expected["messages"]!.AsArray();
            string user = messages[0]!["content"]!.GetValue<string>();
            int[] ids = [.. expected["ids"]!.AsArray().Select(id => id!.GetValue<int>())];

            if (messages.Count == 1)
            {
                Assert.Equal(ids, chat.Prompt(user));
            }
            else
            {
                EncodedExample example = chat.Example(user, messages[1]!["content"]!.GetValue<string>());
                Assert.Equal(ids, example.Ids);
                Assert.Equal(chat.Prompt(user), example.Ids[..example.PromptLength]);
                Assert.Equal(ids.Length - example.PromptLength, example.SupervisedLength);
                Assert.Equal(chat.EndOfTurnId, example.Ids[^1]);
            }
        }
    }

    [Fact]
    public void Should_NotEndTheTurn_When_ResponseSpellsTheEndToken()
    {
        ChatFormat chat = ChatFormat.Load(Folder, World);
        EncodedExample example = chat.Example("<|assistant|>", "a<|end|>b");
        Assert.Single(example.Ids, chat.EndOfTurnId);
        Assert.Single(example.Ids, World.IdOf("<|assistant|>")!.Value);
    }

    [Theory]
    [InlineData("chat_template", "\"{{ messages }}\"", "{{ messages }}")]
    [InlineData("chat_template", "null", "no chat template")]
    [InlineData("eos_token", "\"<|pad|>\"", "eos_token")]
    [InlineData("eos_token", "\"<none>\"", "<none>")]
    [InlineData("pad_token", "null", "pad_token")]
    [InlineData("pad_token", "\"<|end|>\"", "never learned")]
    [InlineData("add_bos_token", "true", "add_bos_token")]
    [InlineData("clean_up_tokenization_spaces", "true", "clean_up_tokenization_spaces")]
    public void Should_RefuseByName_When_FormatIsAnotherOne(string key, string value, string named)
    {
        using Fixture temporary = new();
        JsonObject json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "tokenizer_config.json")))!.AsObject();
        json[key] = JsonNode.Parse(value);
        temporary.File("tokenizer_config.json", json.ToJsonString());
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => ChatFormat.Load(temporary.Folder, World)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheTemplateFile_When_ThereIsOne()
    {
        using Fixture temporary = new();
        File.Copy(Path.Combine(Folder, "tokenizer_config.json"), Path.Combine(temporary.Folder, "tokenizer_config.json"));
        temporary.File("chat_template.jinja", "{{ other }}");
        Assert.Contains("{{ other }}", Assert.Throws<UserErrorException>(() => ChatFormat.Load(temporary.Folder, World)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_ReadTokenObjects_When_ConfigHasThem()
    {
        using Fixture temporary = new();
        JsonObject json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "tokenizer_config.json")))!.AsObject();
        json["pad_token"] = new JsonObject { ["content"] = "<|unk|>", ["special"] = true };
        temporary.File("tokenizer_config.json", json.ToJsonString());
        Assert.Equal(World.UnknownId, ChatFormat.Load(temporary.Folder, World).PadId);
    }
}
