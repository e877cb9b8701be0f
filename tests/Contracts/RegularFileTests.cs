using System.Diagnostics;

namespace NaturalThoughts.Contracts.Tests;

public sealed class RegularFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt ü ");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_BeRead_When_AFileOrALinkToIt()
    {
        string file = At("file"), link = At("link");
        File.WriteAllText(file, "text");
        File.CreateSymbolicLink(link, file);

        Assert.True(RegularFile.Is(file));
        Assert.True(RegularFile.Is(link));
        Assert.Equal(link, RegularFile.Require(link));
        Assert.Equal(ContentHash.OfText("text"), ContentHash.OfFile(link));
    }

    [Fact]
    public void Should_SayWhatItIs_When_ItIsNoFile()
    {
        string fifo = At("fifo"), link = At("link");
        using (Process process = Process.Start("mkfifo", [fifo]))
        {
            process.WaitForExit();
        }

        File.CreateSymbolicLink(link, fifo);
        Assert.Equal("This is a FIFO, not a regular file.", Assert.Throws<UserErrorException>(() => RegularFile.Require(link)).Errors[0].Message);
        Assert.Throws<UserErrorException>(() => ContentHash.OfFile(fifo));
        Assert.Equal("a folder", RegularFile.KindOf(_folder.FullName));
        Assert.Equal("a device", RegularFile.KindOf("/dev/null"));
    }

    [Fact]
    public void Should_Pass_When_NothingIsThere()
    {
        File.CreateSymbolicLink(At("dangling"), At("gone"));

        Assert.Null(RegularFile.KindOf(At("gone")));
        Assert.Null(RegularFile.KindOf(At("dangling")));
        Assert.False(RegularFile.Is(At("gone")));
        Assert.Throws<FileNotFoundException>(() => ContentHash.OfFile(RegularFile.Require(At("gone"))));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
