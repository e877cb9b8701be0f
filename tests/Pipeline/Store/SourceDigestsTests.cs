using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests.Store;

public sealed class SourceDigestsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sources ");

    private string Known => Path.Combine(_folder.FullName, "known");

    private string Model => Path.Combine(_folder.FullName, "model\tü.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_ReadAFileOnce_When_ItDoesNotChange()
    {
        File.WriteAllText(Model, "one");
        DateTime time = File.GetLastWriteTimeUtc(Model);
        Assert.Equal(ContentHash.OfText("one"), new SourceDigests(Known).Of(Model));

        // The same size and time: believed, and checked by whoever takes the file.
        File.WriteAllText(Model, "two");
        File.SetLastWriteTimeUtc(Model, time);
        Assert.Equal(ContentHash.OfText("one"), new SourceDigests(Known).Of(Model));

        File.SetLastWriteTimeUtc(Model, time.AddSeconds(1));
        Assert.Equal(ContentHash.OfText("two"), new SourceDigests(Known).Of(Model));
        File.AppendAllText(Known, "not a line\n");
        File.WriteAllText(Model, "three");
        Assert.Equal(ContentHash.OfText("three"), new SourceDigests(Known).Of(Model));
    }

    [Fact]
    public void Should_NameTheFile_When_ItCannotBeRead() =>
        Assert.Equal(Model, Assert.Single(Assert.Throws<UserErrorException>(() => new SourceDigests(Known).Of(Model)).Errors).Location);
}
