using NaturalThoughts.Checkpoints.Weights;

namespace NaturalThoughts.Checkpoints.Tests.Weights;

public class SafetensorsWriterTests
{
    [Theory]
    [InlineData("models/llama-gqa-untied/model.safetensors")]
    [InlineData("models/llama-gqa-untied-bf16-sharded/model-00001-of-00003.safetensors")]
    public void Should_WriteTheReferencesBytes_When_ItsFileIsCopied(string name)
    {
        using Fixture temporary = new();
        string source = Fixture.Path(name);
        string copy = Path.Combine(temporary.Folder, "copy.safetensors");
        using (SafetensorsFile file = SafetensorsFile.Open(source))
        {
            // Given the tensors in another order than the file's.
            SafetensorsWriter.Write(copy, file.Tensors.Reverse().Select(pair => new TensorData(pair.Key, pair.Value.Type, pair.Value.Shape, stream =>
            {
                byte[] bytes = new byte[pair.Value.ByteCount];
                file.ReadBytes(pair.Key, 0, bytes);
                stream.Write(bytes);
            })));
        }

        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(copy));
    }

    [Fact]
    public void Should_AlignEveryTensor_When_TypesAreMixed()
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "mixed.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                new TensorData("a", TensorType.U8, [3], stream => stream.Write([1, 2, 3])),
                TensorData.Float32("b", [], new[] { 2.5f }),
                new TensorData("c", TensorType.I64, [1], stream => stream.Write(new byte[8])),
                TensorData.Float32("d", [0, 4], Array.Empty<float>()),
            ],
            new Dictionary<string, string>());

        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Empty(file.Metadata);
        Assert.Equal([2.5f], file.ReadFloat32("b"));
        Assert.Empty(file.ReadFloat32("d"));
        Assert.Equal([("c", 0L), ("b", 8L), ("d", 12L), ("a", 12L)], file.Tensors.OrderByDescending(t => t.Value.Type).Select(t => (t.Key, t.Value.Begin)));
        Assert.Equal(0, (File.ReadAllBytes(path).Length - 15) % 8);
    }

    [Fact]
    public void Should_Throw_When_ProviderWritesAnotherSize()
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "bad.safetensors");
        Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path, [TensorData.Float32("a", [3], new float[2])]));
        Assert.Throws<ArgumentException>(() =>
            SafetensorsWriter.Write(path, [TensorData.Float32("a", [0], new float[0]), TensorData.Float32("a", [0], new float[0])]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [TensorData.Float32("__metadata__", [0], new float[0])]));
    }
}
