using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Tests.Training;

public sealed class MaskAuditTests
{
    private static readonly string Folder = Path.Combine(TestModels.Fixtures, "world-tokenizer");
    private static readonly Tokenizer Words = Tokenizer.Load(Folder);
    private static readonly ChatFormat Chat = ChatFormat.Load(Folder, Words);

    private static TrainingExample Example(string id, string response) => new(id, "think carefully . 1 + 2 ?", response, "System2");

    [Fact]
    public void Should_CountAndShow_When_RowsAreGood()
    {
        MaskAudit audit = MaskAudit.Of([Example("a", "<think> 1 + 2 = 3 . </think> Answer: 3")], Words, Chat, 100);
        EncodedRow row = Assert.Single(audit.Rows);
        Assert.Equal(Chat.EndOfTurnId, row.Tokens.Ids[^1]);
        Assert.Equal(row.Tokens.Ids.Length, audit.Tokens);
        Assert.Equal(row.Tokens.SupervisedLength, audit.Supervised);
        string json = CanonicalJson.Write(audit.ToJson());
        Assert.Contains("\"supervised\":\"<think> 1 + 2 = 3 . </think> Answer: 3<|end|>\"", json, StringComparison.Ordinal);
        Assert.Contains("\"masked\":\"<|user|>think carefully . 1 + 2 ?<|assistant|>\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_DropAndCount_When_RowsAreTooLong()
    {
        MaskAudit audit = MaskAudit.Of([Example("a", "Answer: 3"), Example("b", string.Concat(Enumerable.Repeat("1 + ", 50)) + "Answer: 3")], Words, Chat, 40);
        Assert.Equal("a", Assert.Single(audit.Rows).Id);
        Assert.Equal(1, audit.Dropped);
    }

    [Fact]
    public void Should_NameTheRow_When_NothingIsSupervised() =>
        Assert.Contains(
            "'b'", Assert.Throws<UserErrorException>(() => MaskAudit.Of([Example("a", "Answer: 3"), Example("b", "")], Words, Chat, 40)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Should_Refuse_When_AllRowsAreTooLong() =>
        Assert.Contains(
            "maxTokens", Assert.Throws<UserErrorException>(() => MaskAudit.Of([Example("a", "Answer: 3")], Words, Chat, 3)).Message, StringComparison.Ordinal);

    /// <summary>In the manner of DeepSeek-R1's template.</summary>
    [Theory]
    [InlineData("{{ m.content.split('</think>')[-1] }}")]
    [InlineData("{{ m.content.replace('<think>', '') }}")]
    [InlineData("{{ '<think> </think>' ~ m.content }}")]
    [InlineData("{{ m.content | replace('Answer', 'answer') }}")]
    public void Should_Refuse_When_TheChatTemplateChangesTheResponse(string content)
    {
        ChatFormat chat = Other(content);
        string message = Assert.Throws<UserErrorException>(() =>
            MaskAudit.Of([Example("a", "<think> 1 + 2 = 3 . </think> Answer: 3")], Words, chat, 100)).Message;
        Assert.Contains("'a'", message, StringComparison.Ordinal);
        Assert.Contains("changes the response", message, StringComparison.Ordinal);
        Assert.Contains("chatTemplate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CountTheRow_When_TheChatTemplateTrimsTheResponse()
    {
        MaskAudit audit = MaskAudit.Of([Example("a", "Answer: 3\n"), Example("b", "Answer: 3")], Words, Other("{{ m.content | trim }}"), 100);
        Assert.Equal(1, audit.Trimmed);
        Assert.Equal(audit.Rows[0].Tokens.Ids, audit.Rows[1].Tokens.Ids);
        Assert.Contains("\"trimmedResponses\":1", CanonicalJson.Write(audit.ToJson()), StringComparison.Ordinal);
    }

    /// <summary>The world's format except for what the assistant says.</summary>
    private static ChatFormat Other(string content)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("template");
        try
        {
            CheckpointFolder.CopyTokenizer(Folder, folder.FullName);
            File.WriteAllText(
                Path.Combine(folder.FullName, "chat_template.jinja"),
                "{% for m in messages %}{% if m.role == 'user' %}<|user|>{{ m.content }}{% else %}<|assistant|>" + content
                + "<|end|>{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}");
            return ChatFormat.Load(folder.FullName, Words);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
