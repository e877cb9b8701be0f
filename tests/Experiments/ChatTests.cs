using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>How a checkpoint is spoken to: <c>chatTemplate</c> and <c>specialTokensInText</c>.</summary>
public sealed class ChatTests : IDisposable
{
    private readonly Workbench _bench = new();
    private readonly DirectoryInfo _checkpoint = Directory.CreateTempSubdirectory("checkpoint-");

    public ChatTests()
    {
        foreach (string name in new[] { "config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "model.safetensors" })
        {
            File.WriteAllText(Path.Combine(_checkpoint.FullName, name), "{}");
        }
    }

    public void Dispose()
    {
        _bench.Dispose();
        _checkpoint.Delete(recursive: true);
    }

    [Fact]
    public void Should_LeaveTheParameters_When_NeitherIsSet()
    {
        TargetGraph graph = Plan($"checkpoint: {_checkpoint.FullName}");

        Assert.Equal(["files"], graph["base/import"].Parameters.Select(parameter => parameter.Key));
        Assert.Equal(5, graph["base/import"].Parameters["files"]!.AsObject().Count);
        Assert.All(graph.Order, address => Assert.False(graph[address].Parameters.ContainsKey("specialTokensInText")));
    }

    [Fact]
    public void Should_PutTheTextIntoTheKey_When_ATemplateIsGiven()
    {
        string file = Path.Combine(_checkpoint.FullName, "mine.jinja");
        File.WriteAllText(file, "{{ messages[0].content }}");
        TargetGraph graph = Plan($"checkpoint: {_checkpoint.FullName}\nchatTemplate: {file}");

        Assert.Equal("{{ messages[0].content }}", graph["base/import"].Parameters["chatTemplate"]!.GetValue<string>());
        Assert.False(graph["base/import"].Parameters["files"]!.AsObject().ContainsKey("chat_template.jinja"));
    }

    [Theory]
    [InlineData("parsed", true)]
    [InlineData("plain", false)]
    public void Should_TellTheStagesThatEncode_When_SpecialTokensAreNamed(string setting, bool named)
    {
        TargetGraph graph = Plan($"checkpoint: {_checkpoint.FullName}\nspecialTokensInText: {setting}");

        Assert.Equal(
            named ? ["embed", "fine-tune", "generate"] : [],
            graph.Order.Where(address => graph[address].Parameters.ContainsKey("specialTokensInText")).Select(address => graph[address].StageName).Distinct()
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_RefuseTheMark_When_ATemplateBeginsWithOne()
    {
        string file = Path.Combine(_checkpoint.FullName, "mine.jinja");
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, (byte)'x']);
        Assert.Contains(
            "byte-order mark", Assert.Throws<UserErrorException>(() => Plan($"checkpoint: {_checkpoint.FullName}\nchatTemplate: {file}")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chatTemplate: x.jinja", "'chatTemplate' is for a student that starts from a checkpoint")]
    [InlineData("specialTokensInText: parsed", "'specialTokensInText' is for a student that starts from a checkpoint")]
    [InlineData("checkpoint: {0}\nchatTemplate: nowhere/x.jinja", "There is no file")]
    [InlineData("checkpoint: {0}\nspecialTokensInText: some", "'some'")]
    public void Should_RefuseByName_When_TheKeysMakeNoSense(string keys, string named)
    {
        Extend(string.Format(System.Globalization.CultureInfo.InvariantCulture, keys, _checkpoint.FullName));

        Assert.Contains(named, _bench.Fails("spoken").Message, StringComparison.Ordinal);
    }

    private TargetGraph Plan(string keys)
    {
        Extend(keys);
        return _bench.Plan("spoken").Graph;
    }

    private void Extend(string keys) => _bench.Write("profiles/spoken.yaml", $"extends: tiny.yaml\nname: spoken\ndescription: A checkpoint.\n{keys}\n");
}
