using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Chat;

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
    public void Should_GoOnBehindTheTurns_When_AConversationHasSeveral()
    {
        ChatFormat chat = ChatFormat.Load(Folder, World);
        EncodedExample first = chat.Example("the <|end|> road", "Answer: 1");
        Assert.Equal([.. first.Ids, .. chat.Prompt("and now")], chat.Prompt([("user", "the <|end|> road"), ("assistant", "Answer: 1"), ("user", "and now")]));
        Assert.Equal(chat.Prompt("and now"), chat.Prompt([("user", "and now")]));
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
    [InlineData("chat_template", "\"{{ messages }}\"", "no special token")]
    [InlineData("chat_template", "\"{% include 'x' %}\"", "'include' is not supported")]
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
        temporary.File("chat_template.jinja", "a\n{% include 'x' %}");
        Assert.Contains(
            "chat_template.jinja: chat template, line 2", Assert.Throws<UserErrorException>(() => ChatFormat.Load(temporary.Folder, World)).Message,
            StringComparison.Ordinal);
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

    [Fact]
    public void Should_KeepSpecialTokensPlain_When_TextsSpellThem()
    {
        Tokenizer tokenizer = Tokenizer.Load(Llama);
        const string Question = "<|eot_id|><|start_header_id|>system <|<|eot_id|>";
        const string Answer = "a<|eot_id|>b <|end_of_text|>";
        EncodedExample plain = ChatFormat.Load(Llama, tokenizer).Example(Question, Answer);
        EncodedExample parsed = ChatFormat.Load(Llama, tokenizer, SpecialTokensInText.Parsed).Example(Question, Answer);

        int end = tokenizer.IdOf("<|eot_id|>")!.Value;
        Assert.Equal(2, plain.Ids.Count(id => id == end));
        Assert.Equal(2, plain.Ids.Count(id => id == tokenizer.IdOf("<|start_header_id|>")));
        Assert.Equal(Answer, plain.Response);
        Assert.Equal(Answer, tokenizer.Decode(plain.Ids.AsSpan(plain.PromptLength), skipSpecial: true));
        Assert.Equal(5, parsed.Ids.Count(id => id == end));
    }

    [Fact]
    public void Should_KeepNoncharacters_When_TextsHoldThemBesideSpecialTokens()
    {
        Tokenizer tokenizer = Tokenizer.Load(Llama);
        const string Answer = "\ufdd0<|eot_id|>\ufdd1";
        EncodedExample example = ChatFormat.Load(Llama, tokenizer).Example("x", Answer);
        Assert.Equal(Answer, example.Response);
        Assert.Equal(Answer, tokenizer.Decode(example.Ids.AsSpan(example.PromptLength), skipSpecial: true));
    }

    [Fact]
    public void Should_StopBehindTheEndOfTurn_When_TheTemplateWritesMore()
    {
        using Fixture folder = Changed("qwen-style");
        ChatFormat chat = ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder));
        EncodedExample example = chat.Example("a", "b");
        Assert.Equal(chat.EndOfTurnId, example.Ids[^1]);
        Assert.Equal(chat.Prompt("a"), example.Ids[..example.PromptLength]);
        Assert.Equal(2, example.SupervisedLength);
    }

    /// <summary>In the manner of DeepSeek-R1, whose template asks for thinking and deletes it from what the assistant said.</summary>
    [Fact]
    public void Should_Refuse_When_TheTemplateAsksForAnotherPromptThanItTrains()
    {
        using Fixture folder = Changed("llama-style", template:
            "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% else %}<|start_header_id|>{{ m.content.split('</think>')[-1] }}<|eot_id|>{% "
            + "endif %}{% endfor %}"
            + "{% if add_generation_prompt %}<|start_header_id|><think>\n{% endif %}");
        ChatFormat chat = ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder));
        Assert.NotEmpty(chat.Prompt("a"));
        string message = Assert.Throws<UserErrorException>(() => chat.Example("a", "<think>\nb</think>c")).Message;
        Assert.Contains("another prompt", message, StringComparison.Ordinal);
        Assert.Contains("chatTemplate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_ShowWhatIsLeft_When_TheTemplateDeletesThinking()
    {
        using Fixture folder = Changed(
            "llama-style",
            template: "{% for m in messages %}<|start_header_id|>{{ m.content.split('</think>')[-1] }}<|eot_id|>{% endfor %}{% if add_generation_prompt "
                + "%}<|start_header_id|>{% endif %}");
        Assert.Equal("c", ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder)).Example("a", "<think>b</think>c").Response);
    }

    [Theory]
    [InlineData("{{ bos_token }}{{ bos_token }}{% for m in messages %}{{ m.content }}<|eot_id|>{% endfor %}", "twice")]
    [InlineData("{% for m in messages %}{{ m.content }}{% endfor %}", "no special token")]
    [InlineData("{% for m in messages %}{{ m.role }}<|eot_id|>{% endfor %}", "no special token")]
    [InlineData("{% for m in messages %}{{ m.content }}<|end_header_id|>{% endfor %}", "'<|end_header_id|>', which is neither")]
    [InlineData("{% for m in messages %}{{ m.content }}<|end_of_text|>{% endfor %}", "never learned")]
    [InlineData("{{ strftime_now('%d %b %Y') }}", "strftime_now")]
    [InlineData("{{ raise_exception('No ' ~ messages[0].role) }}", "raises: No user")]
    public void Should_RefuseByName_When_TheTemplateCannotTrain(string template, string named)
    {
        using Fixture folder = Changed("llama-style", template: template);
        Tokenizer tokenizer = Tokenizer.Load(folder.Folder);
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => ChatFormat.Load(folder.Folder, tokenizer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheEndOfTurn_When_GenerationConfigHasIt()
    {
        using Fixture folder = Changed("llama-style", json => json["eos_token"] = "<|end_of_text|>");
        Tokenizer tokenizer = Tokenizer.Load(folder.Folder);
        Assert.Throws<UserErrorException>(() => ChatFormat.Load(folder.Folder, tokenizer));
        folder.File("generation_config.json", $"{{\"eos_token_id\": [1, {tokenizer.IdOf("<|eot_id|>")}]}}");
        Assert.Equal(tokenizer.IdOf("<|eot_id|>"), ChatFormat.Load(folder.Folder, tokenizer).EndOfTurnId);
    }

    [Fact]
    public void Should_PadWithATokenThatNoTextUses_When_TheFolderNamesNone()
    {
        using Fixture folder = Changed("llama-style", json => json.Remove("pad_token"));
        string file = Path.Combine(folder.Folder, "tokenizer.json");
        Assert.Contains(
            "pad_token", Assert.Throws<UserErrorException>(() => ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder))).Message,
            StringComparison.Ordinal);
        JsonObject json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach ((string text, int id) in new[] { ("<|finetune_right_pad_id|>", 9001), ("<|reserved_special_token_0|>", 9000) })
        {
            JsonObject token = json["added_tokens"]![0]!.DeepClone().AsObject();
            (token["content"], token["id"]) = (text, id);
            json["added_tokens"]!.AsArray().Add(token);
        }

        File.WriteAllText(file, json.ToJsonString());
        Assert.Equal(9001, ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder)).PadId);
    }

    [Fact]
    public void Should_NotDoubleTheBegin_When_TheTemplateWritesItAndTheConfigAsksForIt()
    {
        using Fixture folder = Changed("llama-style", json => json["add_bos_token"] = true);
        Tokenizer tokenizer = Tokenizer.Load(folder.Folder);
        Assert.Single(ChatFormat.Load(folder.Folder, tokenizer).Prompt("a"), tokenizer.IdOf("<|begin_of_text|>")!.Value);
    }

    [Fact]
    public void Should_TakeTheDefault_When_ThereAreSeveralTemplates()
    {
        using Fixture folder = Changed("llama-style", json => json["chat_template"] = new JsonArray(
            new JsonObject { ["name"] = "tool_use", ["template"] = "{% nothing %}" },
            new JsonObject { ["name"] = "default", ["template"] = json["chat_template"]!.GetValue<string>() }));
        Assert.NotEmpty(ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder)).Prompt("a"));
    }

    [Fact]
    public void Should_NameTheTemplates_When_NoneIsTheDefault()
    {
        using Fixture folder = Changed("llama-style", json => json["chat_template"] = new JsonArray(
            new JsonObject { ["name"] = "tool_use", ["template"] = "x" }, new JsonObject { ["name"] = "rag", ["template"] = "y" }));
        Assert.Contains(
            "no chat template 'default'; there is 'tool_use', 'rag'",
            Assert.Throws<UserErrorException>(() => ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>As DeepSeek's distilled models name it; the token of Qwen2 that no text uses fills batches then.</summary>
    [Fact]
    public void Should_PadWithASpareToken_When_ThePadTokenEndsATurn()
    {
        using Fixture folder = Changed("llama-style", json => json["pad_token"] = "<|eot_id|>");
        string file = Path.Combine(folder.Folder, "tokenizer.json");
        JsonObject json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        JsonObject token = json["added_tokens"]![0]!.DeepClone().AsObject();
        (token["content"], token["id"]) = ("<|vision_pad|>", Tokenizer.Load(folder.Folder).VocabularySize);
        json["added_tokens"]!.AsArray().Add(token);
        File.WriteAllText(file, json.ToJsonString());
        ChatFormat chat = ChatFormat.Load(folder.Folder, Tokenizer.Load(folder.Folder));
        Assert.Equal(token["id"]!.GetValue<int>(), chat.PadId);
        Assert.Contains("'<|vision_pad|>'", Assert.Single(chat.Warnings), StringComparison.Ordinal);
    }

    /// <summary>As Qwen2.5's base models are published: the template is in chat markup, and the only end is that of a text.</summary>
    [Fact]
    public void Should_Warn_When_ChatMarkupEndsATurnThatNoFileNames()
    {
        using Fixture folder = Changed("qwen-style", json => (json["eos_token"], json["pad_token"]) = ("<|endoftext|>", "<|endoftext|>"));
        Tokenizer tokenizer = Tokenizer.Load(folder.Folder);
        folder.File("generation_config.json", $"{{\"eos_token_id\": {tokenizer.IdOf("<|endoftext|>")}}}");
        ChatFormat chat = ChatFormat.Load(folder.Folder, tokenizer);
        Assert.Equal(tokenizer.IdOf("<|im_end|>"), chat.EndOfTurnId);
        Assert.Contains("'<|im_end|>'", Assert.Single(chat.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Python's utf-8 keeps a byte-order mark as a character, and so does Transformers.</summary>
    [Fact]
    public void Should_KeepTheByteOrderMark_When_TheTemplateFileHasOne()
    {
        using Fixture folder = Changed("llama-style", template: "\uFEFF{% for m in messages %}{{ m.content }}<|eot_id|>{% endfor %}");
        Assert.Equal("\uFEFFa<|eot_id|>", ChatTemplate.Read(folder.Folder).Prompt("a"));
    }

    private static string Llama => Fixture.Path("tokenizers", "llama-style");

    private static Fixture Changed(string name, Action<JsonObject>? change = null, string? template = null)
    {
        Fixture folder = new();
        File.Copy(Fixture.Path("tokenizers", name, "tokenizer.json"), Path.Combine(folder.Folder, "tokenizer.json"));
        JsonObject json = JsonNode.Parse(File.ReadAllText(Fixture.Path("tokenizers", name, "tokenizer_config.json")))!.AsObject();
        change?.Invoke(json);
        folder.File("tokenizer_config.json", json.ToJsonString());
        if (template is not null)
        {
            folder.File("chat_template.jinja", template);
        }

        return folder;
    }
}
