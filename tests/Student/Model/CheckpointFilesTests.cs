using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;

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
        File.WriteAllText(Path.Combine(_folder.FullName, "config.json"), config.Replace("\"vocab_size\": 320", "\"vocab_size\": 321", StringComparison.Ordinal));
        Assert.Matches(@"should have the shape \[321, \d+\] and is \[320, \d+\]", Assert.Throws<UserErrorException>(() => CheckpointFiles.Load(_folder.FullName)).Message);
    }

    private void Copy(string model, string name) =>
        File.Copy(Path.Combine(TestModels.Fixtures, model, "checkpoint", name), Path.Combine(_folder.FullName, name));
}
