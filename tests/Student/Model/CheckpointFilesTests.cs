using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Model;

public sealed class CheckpointFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("checkpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("llama-gqa-untied", "llama-wide-heads", ".bias' has no place in the model")]
    [InlineData("llama-wide-heads", "llama-gqa-untied", ".bias' should have the shape [32] and is missing")]
    public void Should_NameTheTensor_When_WeightsAreOfAnotherModel(string config, string weights, string message)
    {
        Copy(config, "config.json");
        Copy(weights, "model.safetensors");
        _ = TestModels.Fixtures;
        UserErrorException error = Assert.Throws<UserErrorException>(() => CheckpointFiles.Load(_folder.FullName));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(_folder.FullName, error.Errors[0].Location);
    }

    [Fact]
    public void Should_NameBothShapes_When_TheyDiffer()
    {
        Copy("llama-gqa-untied", "model.safetensors");
        string config = File.ReadAllText(Path.Combine(TestModels.Fixtures, "llama-gqa-untied", "checkpoint", "config.json"));
        File.WriteAllText(
            Path.Combine(_folder.FullName, "config.json"), config.Replace("\"vocab_size\": 320", "\"vocab_size\": 321", StringComparison.Ordinal));
        Assert.Matches(
            @"should have the shape \[321, \d+\] and is \[320, \d+\]", Assert.Throws<UserErrorException>(() => CheckpointFiles.Load(_folder.FullName)).Message);
    }

    [Fact]
    public void Should_WriteTheSameBytes_When_TheStudentIsFloat32()
    {
        // SHA-256 of what was written before other types, sharding and other families came; the weights are exact arithmetic.
        using LlamaModel model = TestModels.Small();
        CheckpointFiles.Save(model, Path.Combine(TestModels.Fixtures, "world-tokenizer"), _folder.FullName);
        Assert.Equal("2acfab8c57360e1476bf8a085f600329b7fe31a6d026a5a29981358ac650182b", ContentHash.OfFile(Path.Combine(_folder.FullName, "config.json")).Hex);
        Assert.Equal(
            "40e53382898faa8037243d266e53f36224ba620d18f91a48a1fc47060cf56dd0",
            ContentHash.OfFile(Path.Combine(_folder.FullName, "generation_config.json")).Hex);
        Assert.Equal(
            "3a88436a971ec1e35ddf0526e5622d8a9678ac40117cd85fd7599bcb1b8d556c", ContentHash.OfFile(Path.Combine(_folder.FullName, "model.safetensors")).Hex);
    }

    [Fact]
    public void Should_HaveTheReferencesRoundedWeights_When_Bf16ShardsAreRead()
    {
        using LlamaModel full = TestModels.Golden("llama-gqa-untied");
        using LlamaModel brain = CheckpointFiles.Load(Path.Combine(TestModels.Fixtures, "llama-gqa-untied-bf16-sharded"));
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(TensorType.BF16, brain.Config.Dtype);
        foreach ((string name, Tensor weight) in full.Weights.Named)
        {
            Assert.Equal(TestModels.Values(weight.to(ScalarType.BFloat16).to(ScalarType.Float32)), TestModels.Values(brain.Weights.Named[name]));
        }
    }

    [Theory]
    [InlineData("llama-gqa-untied-bf16-sharded", long.MaxValue)]
    [InlineData("llama-gqa-untied-bf16-sharded", 30_000)]
    [InlineData("qwen2-tied/checkpoint", 30_000)]
    public void Should_KeepEveryBit_When_ReadAndWritten(string name, long shardBytes)
    {
        string source = Path.Combine(TestModels.Fixtures, name);
        using LlamaModel model = CheckpointFiles.Load(source);
        CheckpointFiles.Save(model, Tokenizer(source), _folder.FullName, shardBytes);

        Assert.Equal(shardBytes == long.MaxValue, File.Exists(Path.Combine(_folder.FullName, CheckpointFolder.Weights)));
        Assert.Equal(ModelConfig.Read(source), ModelConfig.Read(_folder.FullName));
        Assert.Equal(
            File.ReadAllText(Path.Combine(source, CheckpointFolder.GenerationConfig)),
            File.ReadAllText(Path.Combine(_folder.FullName, CheckpointFolder.GenerationConfig)));
        using CheckpointWeights before = CheckpointWeights.Open(source), after = CheckpointWeights.Open(_folder.FullName);
        Assert.Equal(before.Tensors.Select(item => (item.Key, item.Value.Type)), after.Tensors.Select(item => (item.Key, item.Value.Type)));
        foreach ((string tensor, TensorEntry entry) in before.Tensors)
        {
            byte[] old = new byte[entry.ByteCount], now = new byte[entry.ByteCount];
            before.Read(tensor, 0, entry.Type, old);
            after.Read(tensor, 0, entry.Type, now);
            Assert.Equal(old, now);
        }
    }

    [Fact]
    public void Should_RoundAsTorch_When_WrittenAsHalves()
    {
        using LlamaModel model = TestModels.Golden("llama-gqa-untied");
        foreach ((TensorType type, ScalarType scalar) in new[] { (TensorType.F16, ScalarType.Float16), (TensorType.BF16, ScalarType.BFloat16) })
        {
            CheckpointWeights.Write(_folder.FullName, model.Weights.Named.Select(item => WeightTransfer.ToWrite(item.Key, item.Value, type)));
            using CheckpointWeights file = CheckpointWeights.Open(_folder.FullName);
            using DisposeScope scope = NewDisposeScope();
            foreach ((string name, Tensor weight) in model.Weights.Named)
            {
                byte[] bytes = new byte[2 * weight.numel()];
                file.Read(name, 0, type, bytes);
                Assert.Equal(weight.to(scalar).contiguous().bytes.ToArray(), bytes);
            }
        }
    }

    [Theory]
    [InlineData(0f, null)]
    [InlineData(1f, "is the embedding; it is there and differs")]
    public void Should_AcceptATiedHead_When_ItIsTheEmbedding(float added, string? message)
    {
        Copy("qwen2-tied", "config.json");
        using (SafetensorsFile file = SafetensorsFile.Open(Path.Combine(TestModels.Fixtures, "qwen2-tied", "checkpoint", "model.safetensors")))
        {
            float[] head = file.ReadFloat32("model.embed_tokens.weight");
            head[^1] += added;
            CheckpointWeights.Write(
                _folder.FullName,
                [
                    .. file.Tensors.Select(item => TensorData.Float32(item.Key, item.Value.Shape, file.ReadFloat32(item.Key))),
                    TensorData.Float32("lm_head.weight", file.Tensors["model.embed_tokens.weight"].Shape, head),
                    TensorData.Float32("model.layers.0.self_attn.rotary_emb.inv_freq", [4], new float[4]),
                ]);
        }

        _ = TestModels.Fixtures;
        if (message is null)
        {
            using LlamaModel model = CheckpointFiles.Load(_folder.FullName);
            Assert.DoesNotContain("lm_head.weight", model.Weights.Named.Keys);
        }
        else
        {
            Assert.Contains(message, Assert.Throws<UserErrorException>(() => CheckpointFiles.Load(_folder.FullName)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_NameTheHead_When_ItIsMissingAndNotTied()
    {
        string config = File.ReadAllText(Path.Combine(TestModels.Fixtures, "qwen2-tied", "checkpoint", "config.json"));
        File.WriteAllText(
            Path.Combine(_folder.FullName, "config.json"),
            config.Replace("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false", StringComparison.Ordinal));
        Copy("qwen2-tied", "model.safetensors");
        Assert.Contains(
            "'lm_head.weight' should have the shape [320, 32] and is missing",
            Assert.Throws<UserErrorException>(() => CheckpointFiles.Load(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    // A tokenizer and the checkpoint's generation_config.json in one folder.
    private string Tokenizer(string checkpoint)
    {
        DirectoryInfo folder = _folder.CreateSubdirectory("tokenizer");
        CheckpointFolder.CopyTokenizer(Path.Combine(TestModels.Fixtures, "world-tokenizer"), folder.FullName);
        File.Copy(Path.Combine(checkpoint, CheckpointFolder.GenerationConfig), Path.Combine(folder.FullName, CheckpointFolder.GenerationConfig));
        return folder.FullName;
    }

    private void Copy(string model, string name) =>
        File.Copy(Path.Combine(TestModels.Fixtures, model, "checkpoint", name), Path.Combine(_folder.FullName, name));
}
