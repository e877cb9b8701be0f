using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tests.Tokenization;
using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Checkpoints.Tests.Chat;

/// <summary>Conversations rendered and encoded by Transformers 5.23.0 (Fixtures/ORIGIN.md); text and ids must be the same.</summary>
public class ChatTemplateTests
{
    [Theory]
    [InlineData("llama-style")]
    [InlineData("qwen-style")]
    public void Should_AgreeWithTransformers_When_ASmallTokenizerEncodes(string name) => Compare(name, Fixture.Path("tokenizers", name));

    [JavaScriptFact]
    public void Should_AgreeWithTransformers_When_Llama31Encodes() => Compare("llama3_1", JavaScript.Tokenizer("tokenizer-llama3_1"));

    [JavaScriptFact]
    public void Should_AgreeWithTransformers_When_Qwen25Encodes() => Compare("qwen2_5", JavaScript.Tokenizer("tokenizer-qwen2_5"));

    [Theory]
    [InlineData("llama3_1", "<|begin_of_text|>")]
    [InlineData("qwen2_5", null)]
    public void Should_RenderAsTransformersDoes_When_TheTemplateIsAPublishedOne(string name, string? bos)
    {
        using Fixture folder = new();
        folder.File("tokenizer_config.json", new JsonObject { ["bos_token"] = bos }.ToJsonString());
        File.Copy(Fixture.Path("tokenizers", name, "chat_template.jinja"), Path.Combine(folder.Folder, "chat_template.jinja"));
        ChatTemplate template = ChatTemplate.Read(folder.Folder);
        Assert.All(Conversations(name), each => Assert.Equal(each["rendered"]!.GetValue<string>(), Render(template, each)));
    }

    /// <summary>The longer template of Llama-3.1, of whose text the goldens' README tells: a system block with a fixed date.</summary>
    [Fact]
    public void Should_TakeTheTemplatesOwnDate_When_NoneIsGiven()
    {
        using Fixture folder = new();
        folder.File("tokenizer_config.json", "{\"bos_token\": \"<B>\"}");
        folder.File(
            "chat_template.jinja",
            """
            {{- bos_token }}
            {%- if not date_string is defined %}
                {%- set date_string = "26 Jul 2024" %}
            {%- endif %}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}
            {{- "Today Date: " + date_string + "\n\n" }}
            {%- if builtin_tools is defined or tools is not none %}
                {{- "Tools: " + builtin_tools | reject('equalto', 'code_interpreter') | join(", ") + "\n\n"}}
            {%- endif %}
            {{- system_message }}
            {%- for message in messages %}
                {%- if not (message.role == 'tool' or 'tool_calls' in message) %}
                    {{- '<H>' + message['role'] + '\n\n'+ message['content'] | trim + '<E>' }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<H>assistant\n\n' }}
            {%- endif %}
            """);
        ChatTemplate template = ChatTemplate.Read(folder.Folder);

        // Rendered by Jinja2 3.1.6 under Transformers' settings.
        Assert.Equal("<B>Today Date: 26 Jul 2024\n\n<H>user\n\nHi<E><H>assistant\n\n", template.Prompt(" Hi\n"));
        Assert.Equal("<B>Today Date: 26 Jul 2024\n\nBe kind.<H>user\n\nHi<E>", template.Render(generation: false, ("system", " Be kind."), ("user", "Hi")));
    }

    private static void Compare(string name, string folder)
    {
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatTemplate template = ChatTemplate.Read(folder);
        ChatFormat parsed = ChatFormat.Load(folder, tokenizer, SpecialTokensInText.Parsed);
        int examples = 0;
        foreach (JsonNode each in Conversations(name))
        {
            string text = Render(template, each);
            int[] ids = [.. each["ids"]!.AsArray().Select(id => id!.GetValue<int>())];
            Assert.Equal(each["rendered"]!.GetValue<string>(), text);
            Assert.Equal(ids, tokenizer.Encode(text, parseSpecial: true));
            (string Role, string Content)[] messages = Messages(each);
            if (messages is [("user", var question)] && each["add_generation_prompt"]!.GetValue<bool>())
            {
                Assert.Equal(ids, parsed.Prompt(question));
                examples++;
            }
            else if (messages is [("user", var asked), ("assistant", var answer)])
            {
                Assert.Equal(ids[..(Array.LastIndexOf(ids, parsed.EndOfTurnId) + 1)], parsed.Example(asked, answer).Ids);
                examples++;
            }
        }

        Assert.Equal(4, examples);
    }

    private static IEnumerable<JsonNode> Conversations(string name) =>
        JsonNode.Parse(File.ReadAllText(Fixture.Path("tokenizers", name, "chat.json")))!.AsArray().Select(each => each!);

    private static string Render(ChatTemplate template, JsonNode conversation) =>
        template.Render(conversation["add_generation_prompt"]!.GetValue<bool>(), Messages(conversation));

    private static (string Role, string Content)[] Messages(JsonNode conversation) =>
        [.. conversation["messages"]!.AsArray().Select(message => (message!["role"]!.GetValue<string>(), message["content"]!.GetValue<string>()))];
}
