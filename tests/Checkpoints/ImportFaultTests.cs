using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests;

/// <summary>Faults of checkpoints that are found at import, before a byte is copied, with the user's own paths.</summary>
public sealed class ImportFaultTests : IDisposable
{
    private const string Embedding = "model.embed_tokens.weight";
    private const string Head = "lm_head.weight";
    private const string Down = "model.layers.0.mlp.down_proj.weight";

    private readonly DirectoryInfo _source = Directory.CreateTempSubdirectory("source");
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("output");

    public ImportFaultTests()
    {
        foreach (string path in
            new[]
            {
                "models/llama-gqa-untied/config.json", "models/llama-gqa-untied/model.safetensors", "world-tokenizer/tokenizer.json",
                "world-tokenizer/tokenizer_config.json",
            })
        {
            File.Copy(Fixture.Path(path), In(Path.GetFileName(path)));
        }
    }

    public void Dispose()
    {
        _source.Delete(recursive: true);
        _output.Delete(recursive: true);
    }

    [Theory]
    [InlineData(TensorType.F8E4M3, "F8_E4M3")]
    [InlineData(TensorType.I8, "I8")]
    [InlineData(TensorType.F64, "F64")]
    public void Should_NameTensorAndType_When_WeightsAreNoFloatsThatAreRead(TensorType type, string named)
    {
        Weights(tensor => tensor.Name == Down ? tensor with { Type = type, WriteTo = Zeros(tensor.Shape, type) } : tensor);
        UserError error = Assert.Single(Faults());
        Assert.Contains($"'{Down}' is {named}", error.Message, StringComparison.Ordinal);
        Assert.Equal(In("model.safetensors"), error.Location);
    }

    [Theory]
    [InlineData(Head, "tie_word_embeddings is false")]
    [InlineData(Embedding, "is missing")]
    [InlineData(Down, "[32, 88] is missing")]
    [InlineData("model.norm.weight", "is missing")]
    public void Should_NameTheTensor_When_ItIsMissing(string name, string named)
    {
        Weights(tensor => tensor.Name == name ? null : tensor);
        UserError error = Assert.Single(Faults());
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(In("model.safetensors"), error.Location);
    }

    [Fact]
    public void Should_NameBothShapes_When_OneIsAnother()
    {
        Config("intermediate_size", 80);
        IReadOnlyList<UserError> errors = Faults();
        Assert.Contains(errors, error => error.Message.Contains($"'{Down}' has the shape [32, 88]; config.json asks for [32, 80]", StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains("_proj.weight", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_NameTheEmbedding_When_ItHasFewerRowsThanTheVocabulary()
    {
        Config("vocab_size", 321);
        Assert.Equal([Embedding, Head], Faults().Select(error => error.Message.Split('\'')[1]));
    }

    [Fact]
    public void Should_NameTheTensor_When_ItHasNoPlace()
    {
        Weights(tensor =>
            tensor, TensorData.Float32("model.layers.0.self_attn.q_norm.weight", [8], new float[8]), TensorData.Float32(
                "model.layers.0.self_attn.rotary_emb.inv_freq", [4], new float[4]));
        Assert.Contains("q_norm.weight' [8] has no place", Assert.Single(Faults()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.model.")]
    [InlineData("")]
    [InlineData("language_model.model.")]
    public void Should_NameThePrefix_When_AllNamesHaveAnother(string prefix)
    {
        Weights(tensor => tensor.Name.StartsWith("model.", StringComparison.Ordinal) ? tensor with { Name = prefix + tensor.Name["model.".Length..] } : tensor);
        UserError error = Assert.Single(Faults());
        Assert.Contains($"'{prefix}embed_tokens.weight' should be called '{Embedding}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayThatTheEmbeddingIsMissing_When_TiedWeightsHaveOnlyTheHead()
    {
        Config("tie_word_embeddings", true);
        Weights(tensor => tensor.Name == Embedding ? null : tensor);
        Assert.Contains($"The embedding '{Embedding}' [320, 32] is missing", Assert.Single(Faults()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CompareTheHeadWithTheEmbedding_When_TheyAreTied()
    {
        Config("tie_word_embeddings", true);
        Assert.Contains($"'{Head}' is the embedding", Assert.Single(Faults()).Message, StringComparison.Ordinal);
        using (SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied", "model.safetensors")))
        {
            float[] embedding = file.ReadFloat32(Embedding);
            Weights(tensor => tensor.Name == Head ? TensorData.Float32(Head, tensor.Shape, embedding) : tensor);
        }

        Assert.Equal(4, Run().Counts["files"]);
    }

    [Fact]
    public void Should_BoundTheErrors_When_NothingFits()
    {
        Config("num_hidden_layers", int.MaxValue);
        IReadOnlyList<UserError> errors = Faults();
        Assert.InRange(errors.Count, 10, 30);
        Assert.Contains("More tensors", errors[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_ListTheFaultsOfAllFiles_When_ThereAreSeveral()
    {
        Weights(tensor => tensor.Name == Down ? null : tensor);
        Config("pad_token_id", 400);
        File.WriteAllText(In("generation_config.json"), """{"eos_token_id": [4, 320]}""");
        Assert.Equal(
            ["config.json: pad_token_id", "generation_config.json: eos_token_id", "model.safetensors"],
            Faults().Select(error => Path.GetFileName(error.Location)));
    }

    [Fact]
    public void Should_NameTokenIdAndVocabulary_When_TokensWereAddedWithoutRows()
    {
        // As many rows as the vocabulary has words; two tokens are added behind them, and the config is left as it is.
        Rows(74);
        Tokens(("<|more|>", 74), ("<|most|>", 75));
        IReadOnlyList<UserError> errors = Faults();
        Assert.Equal(2, errors.Count);
        foreach ((UserError error, string token, int id) in new[] { (errors[0], "<|more|>", 74), (errors[1], "<|most|>", 75) })
        {
            Assert.Contains($"'{token}' has the id {id}, and vocab_size of config.json is 74", error.Message, StringComparison.Ordinal);
            Assert.Equal(In("tokenizer.json"), error.Location);
            Assert.Contains("Resize the embedding to 76 rows", error.Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_TakeTheFolder_When_TheEmbeddingIsPaddedOrJustFits()
    {
        Rows(74);
        Run();
        Tokens(("<|more|>", 74));
        Rows(75);
        foreach (FileInfo file in _output.EnumerateFiles())
        {
            file.Delete();
        }

        Run();
    }

    [Fact]
    public void Should_BoundTheTokens_When_AllOfThemLackARow()
    {
        Rows(4);
        IReadOnlyList<UserError> errors = Faults();
        Assert.InRange(errors.Count, 20, 30);
        Assert.Contains(errors, error => error.Message.Contains("50 more tokens", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bos_token_id", "320", "320")]
    [InlineData("eos_token_id", "[2, 1000000]", "1000000")]
    [InlineData("pad_token_id", "320", "320")]
    public void Should_NameTheField_When_ASpecialIdLacksARow(string key, string value, string id)
    {
        Config(key, JsonNode.Parse(value));
        File.WriteAllText(In("generation_config.json"), new JsonObject { [key] = JsonNode.Parse(value) }.ToJsonString());
        IReadOnlyList<UserError> errors = Faults();
        Assert.Equal([In($"config.json: {key}"), In($"generation_config.json: {key}")], errors.Select(error => error.Location));
        Assert.All(errors, error => Assert.Contains($"'{key}' is {id}", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_WarnAndReadAsTransformers_When_TruncationAndPaddingAreSet()
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(In("tokenizer.json")))!.AsObject();
        json["truncation"] = new JsonObject { ["max_length"] = 3 };
        json["padding"] = new JsonObject { ["strategy"] = "BatchLongest" };
        int[] before = Tokenizer.Load(_source.FullName).Encode("a b c d e f g");
        File.WriteAllText(In("tokenizer.json"), json.ToJsonString());
        Assert.Equal(before, Tokenizer.Load(_source.FullName).Encode("a b c d e f g"));
        IReadOnlyList<string> warnings = Run().Warnings;
        Assert.Equal(2, warnings.Count);
        Assert.Contains("'truncation' is {\"max_length\":3} and is not applied", warnings[0], StringComparison.Ordinal);
        Assert.Contains("'padding'", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_AFileCameAfterThePlan()
    {
        JsonObject files = Files();
        File.WriteAllText(In("generation_config.json"), "{}");
        Assert.Contains("came or went", Assert.Throws<UserErrorException>(() => Run(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_PassOverTheFoldersTemplate_When_TheProfileGivesAnother()
    {
        File.WriteAllBytes(In("chat_template.jinja"), [0xFF, 0xFE, 0x7B, 0x00]);
        JsonObject files = Files();
        files.Remove("chat_template.jinja");
        Run(files, "{% for m in messages %}{{ m.content }}<|end|>{% endfor %}");
    }

    [Theory]
    [InlineData("tokenizer_config.json", 0xE9, "0xE9 at offset 1")]
    [InlineData("config.json", 0x80, "0x80 at offset 1")]
    [InlineData("tokenizer.json", 0xFF, "0xFF at offset 1")]
    [InlineData("chat_template.jinja", 0xE9, "0xE9 at offset 1")]
    public void Should_NameFileAndByte_When_AFileIsNotUtf8(string file, byte value, string named)
    {
        byte[] rest = File.Exists(In(file)) ? File.ReadAllBytes(In(file)) : Encoding.UTF8.GetBytes("{% for m in messages %}{{ m.content }}<|end|>{% endfor %}");
        File.WriteAllBytes(In(file), [rest[0], value, .. rest[1..]]);
        Assert.Contains(Faults(), error => error.Message.Contains(named, StringComparison.Ordinal) && error.Location == In(file));
    }

    private string In(string name) => Path.Combine(_source.FullName, name);

    private IReadOnlyList<UserError> Faults()
    {
        IReadOnlyList<UserError> errors = Assert.Throws<UserErrorException>(() => Run()).Errors;
        Assert.Empty(_output.EnumerateFiles());
        Assert.All(errors, error => Assert.StartsWith(_source.FullName, error.Location, StringComparison.Ordinal));
        return errors;
    }

    private void Config(string key, JsonNode? value)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(In("config.json")))!.AsObject();
        json[key] = value;
        File.WriteAllText(In("config.json"), json.ToJsonString());
    }

    /// <summary>Cuts or fills the embedding and the output layer.</summary>
    private void Rows(int rows)
    {
        Config("vocab_size", rows);
        Weights(tensor => tensor.Name is Embedding or Head ? TensorData.Float32(tensor.Name, [rows, 32], new float[rows * 32]) : tensor);
    }

    private void Tokens(params (string Text, int Id)[] tokens)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(In("tokenizer.json")))!.AsObject();
        foreach ((string text, int id) in tokens)
        {
            JsonObject token = json["added_tokens"]![0]!.DeepClone().AsObject();
            (token["content"], token["id"]) = (text, id);
            json["added_tokens"]!.AsArray().Add(token);
        }

        File.WriteAllText(In("tokenizer.json"), json.ToJsonString());
    }

    private void Weights(Func<TensorData, TensorData?> change, params TensorData[] more)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied", "model.safetensors"));
        TensorData[] tensors =
        [
            .. file.Tensors.Select(item => change(TensorData.Float32(item.Key, item.Value.Shape, file.ReadFloat32(item.Key)))).OfType<TensorData>(),
            .. more,
        ];
        SafetensorsWriter.Write(In("model.safetensors"), tensors);
    }

    private static Action<Stream> Zeros(IReadOnlyList<long> shape, TensorType type) => stream =>
        stream.Write(new byte[shape.Aggregate(1L, (a, b) => a * b) * type.Size()]);

    private JsonObject Files() =>
        new(CheckpointFolder.Files(_source.FullName).Select(name => KeyValuePair.Create(name, (JsonNode?)ContentHash.OfFile(In(name)).Hex)));

    private StageResult Run(JsonObject? files = null, string? template = null) => new ImportCheckpointStage().Run(new StageContext
    {
        Parameters = template is null ? new() { ["files"] = files ?? Files() } : new() { ["files"] = files ?? Files(), ["chatTemplate"] = template },
        Inputs = new Dictionary<string, string> { [ImportCheckpointStage.Source] = _source.FullName },
        OutputFolder = _output.FullName,
    });
}
