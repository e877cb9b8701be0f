using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Weights;

public sealed class CheckpointWeightsTests : IDisposable
{
    private readonly Fixture _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private string At(string name) => Path.Combine(_temporary.Folder, name);

    private static TensorData[] Tensors(int count, int elements) =>
        [.. Enumerable.Range(0, count).Select(i => TensorData.Float32($"t{i:00}", [elements], Enumerable.Repeat((float)i, elements).ToArray()))];

    private static float[] Read(CheckpointWeights weights, string name)
    {
        float[] values = new float[weights.Tensors[name].Count];
        weights.Read(name, 0, TensorType.F32, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private JsonObject Index() => JsonNode.Parse(File.ReadAllText(At(CheckpointFolder.WeightsIndex)))!.AsObject();

    // A checkpoint of three files, its index changed.
    private UserErrorException Broken(Action<JsonObject> change)
    {
        CheckpointWeights.Write(_temporary.Folder, Tensors(6, 10), shardBytes: 80);
        JsonObject index = Index();
        change(index);
        _temporary.File(CheckpointFolder.WeightsIndex, index.ToJsonString());
        UserErrorException error = Assert.Throws<UserErrorException>(() => CheckpointWeights.Open(_temporary.Folder));
        Assert.StartsWith(_temporary.Folder, error.Errors[0].Location, StringComparison.Ordinal);
        return error;
    }

    [Fact]
    public void Should_ReadAllTensors_When_TheReferenceShardedThem()
    {
        using CheckpointWeights weights = CheckpointWeights.Open(Fixture.Path("models", "llama-gqa-untied-bf16-sharded"));
        using SafetensorsFile full = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied", "model.safetensors"));
        Assert.Equal(full.Tensors.Select(item => (item.Key, item.Value.Count)), weights.Tensors.Select(item => (item.Key, item.Value.Count)));
        foreach (string name in full.Tensors.Keys)
        {
            // The reference rounded the same float32 weights.
            float[] values = full.ReadFloat32(name);
            byte[] expected = new byte[values.Length * 2], actual = new byte[values.Length * 2];
            FloatConversion.Convert(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()), TensorType.F32, expected, TensorType.BF16);
            weights.Read(name, 0, TensorType.BF16, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(240, 1)]
    [InlineData(239, 2)]
    [InlineData(80, 3)]
    [InlineData(1, 6)]
    public void Should_CutIntoFiles_When_TheLimitIsPassed(long limit, int files)
    {
        CheckpointWeights.Write(_temporary.Folder, Tensors(6, 10), limit);

        string[] names = [.. Directory.GetFiles(_temporary.Folder, "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(files == 1 ? ["model.safetensors"] : Enumerable.Range(1, files).Select(i => $"model-{i:00000}-of-{files:00000}.safetensors"), names);
        Assert.Equal(files > 1, File.Exists(At(CheckpointFolder.WeightsIndex)));
        if (files > 1)
        {
            Assert.Equal(240, Index()["metadata"]!["total_size"]!.GetValue<long>());
            Assert.Equal(names[0], Index()["weight_map"]!["t00"]!.GetValue<string>());
            Assert.Equal(names.Append(CheckpointFolder.WeightsIndex).Order(StringComparer.Ordinal), CheckpointFolder.Files(_temporary.Folder));
        }

        using CheckpointWeights weights = CheckpointWeights.Open(_temporary.Folder);
        Assert.Equal(6, weights.Tensors.Count);
        Assert.All(
            weights.Tensors.Keys,
            name => Assert.All(Read(weights, name), value => Assert.Equal(int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture), value)));
    }

    [Theory]
    [InlineData("model-00001-of-00003.safetensors", "which is missing")]
    [InlineData("../model.safetensors", "plain name")]
    [InlineData("/etc/weights.safetensors", "plain name")]
    [InlineData("a\\b.safetensors", "plain name")]
    [InlineData("weights.bin", "plain name")]
    public void Should_Refuse_When_TheIndexNamesNoFileOfTheFolder(string name, string message)
    {
        UserErrorException error = Broken(index =>
        {
            File.Delete(At("model-00001-of-00003.safetensors"));
            index["weight_map"]!["t00"] = name;
        });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameTensorAndFiles_When_ATensorStandsInTwo()
    {
        UserErrorException error = Broken(_ =>
            SafetensorsWriter.Write(At("model-00003-of-00003.safetensors"), Tensors(6, 10).Where(t => t.Name is "t00" or "t04" or "t05")));
        Assert.Equal(
            "The tensor 't00' stands in 'model-00003-of-00003.safetensors', and in 'model-00001-of-00003.safetensors' by the index.", error.Errors[0].Message);
    }

    [Fact]
    public void Should_NameTensorAndFile_When_TheIndexDiffersFromTheFiles()
    {
        Assert.Contains(
            "'t99' is in 'model-00002-of-00003.safetensors' by the index, and is not there",
            Broken(index => index["weight_map"]!["t99"] = "model-00002-of-00003.safetensors").Message, StringComparison.Ordinal);
        Assert.Contains(
            "'t03' stands in 'model-00002-of-00003.safetensors', and in no file by the index",
            Broken(index => index["weight_map"]!.AsObject().Remove("t03")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'t03' stands in 'model-00002-of-00003.safetensors', and in 'model-00001",
            Broken(index => index["weight_map"]!["t03"] = "model-00001-of-00003.safetensors").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"weight_map\": {}}")]
    [InlineData("{\"weight_map\": [\"model-00001-of-00003.safetensors\"]}")]
    [InlineData("{\"weight_map\": {\"t00\": null}}")]
    [InlineData("{\"weight_map\": {\"t00\": 7}}")]
    [InlineData("{\"weight_map\": {\"t00\": \"model-00001-of-00003.safetensors\", \"t00\": \"model-00002-of-00003.safetensors\"}}")]
    [InlineData("[")]
    public void Should_NameTheIndex_When_ItIsMalformed(string text)
    {
        CheckpointWeights.Write(_temporary.Folder, Tensors(6, 10), shardBytes: 80);
        _temporary.File(CheckpointFolder.WeightsIndex, text);
        Assert.Contains(
            CheckpointFolder.WeightsIndex, Assert.Throws<UserErrorException>(() => CheckpointWeights.Open(_temporary.Folder)).Errors[0].Location,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeTheSingleFile_When_BothAreThere()
    {
        CheckpointWeights.Write(_temporary.Folder, Tensors(6, 10), shardBytes: 80);
        CheckpointWeights.Write(_temporary.Folder, Tensors(2, 10));
        using CheckpointWeights weights = CheckpointWeights.Open(_temporary.Folder);
        Assert.Equal(["t00", "t01"], weights.Tensors.Keys);
        Assert.Equal([CheckpointFolder.Weights], CheckpointFolder.Files(_temporary.Folder));
    }

    [Fact]
    public void Should_CompareBytes_When_TensorsAreCalledTheSame()
    {
        CheckpointWeights.Write(
            _temporary.Folder,
            [TensorData.Float32("a", [20000], new float[20000]), TensorData.Float32("b", [20000], new float[20000]), TensorData.Float32(
                "c", [2, 10000], new float[20000]), TensorData.Float32("d", [20000], (float[])[.. new float[19999], 1f])]);
        using CheckpointWeights weights = CheckpointWeights.Open(_temporary.Folder);
        Assert.True(weights.Same("a", "b"));
        Assert.False(weights.Same("a", "c"));
        Assert.False(weights.Same("a", "d"));
    }
}
