using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student.Tests.Native;

public sealed class NativeTests
{
    private static readonly string Wrapper = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    [Fact]
    public void Should_FindBuildIds_When_NativesAreThere() =>
        Assert.All(NativeBuildIds.Read(), id => Assert.Matches(@"^lib\w+\.so=([0-9a-f]{16,64}|none)$", id));

    [Fact]
    public void Should_ChangeOneFlag_When_VersionIsWeakened()
    {
        byte[] original = File.ReadAllBytes(Wrapper);
        ElfImage image = ElfImage.Read(Wrapper);
        Assert.True(image.WeakenVersion("GLIBCXX_3.4.32"));
        int[] changed = [.. Enumerable.Range(0, original.Length).Where(i => original[i] != image.Bytes[i])];
        int at = Assert.Single(changed);
        Assert.Equal(2, image.Bytes[at] - original[at]);
        Assert.False(ElfImage.Read(Wrapper).WeakenVersion("GLIBCXX_9.9.99"));
    }

    [Fact]
    public void Should_Refuse_When_FileIsNoElf()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, new string('x', 100));
        Assert.Throws<InvalidDataException>(() => ElfImage.Read(path));
        File.Delete(path);
    }

    [Fact]
    public void Should_SayWhatWasLoaded_When_Loaded() => Assert.Contains("libtorch", NativeLibraries.Load(), StringComparison.Ordinal);
}
