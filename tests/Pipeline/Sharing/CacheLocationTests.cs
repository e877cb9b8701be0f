using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Sharing;

namespace NaturalThoughts.Pipeline.Tests.Sharing;

public sealed class CacheLocationTests
{
    [Theory]
    [InlineData("http://cache.example:8080", "http://cache.example:8080/")]
    [InlineData("https://cache.example/team/", "https://cache.example/team/")]
    [InlineData("/mnt/shared", "/mnt/shared")]
    public void Should_BeRead_When_ItIsAFolderOrAUrl(string text, string name) => Assert.Equal(name, CacheLocation.Parse(text, "--cache").Name);

    [Theory]
    [InlineData("ftp://cache.example/x")]
    [InlineData("s3://bucket")]
    [InlineData("http://")]
    [InlineData("https://user:hunter2@cache.example/")]
    [InlineData("https://hunter2@cache.example/")]
    [InlineData("https://cache.example/?token=hunter2")]
    [InlineData("https://cache.example/#hunter2")]
    public void Should_BeRefusedWithoutShowingIt_When_ItIsAnythingElse(string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => CacheLocation.Parse(text, "--cache"));
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("--cache: ", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Errors[0].Hint!);
    }

    [Theory]
    [InlineData("hunter2", "me", "hunter2")]
    [InlineData("hunter2\r\nX: y", null, null)]
    [InlineData(null, "me", null)]
    [InlineData(null, null, "hunter2")]
    [InlineData(null, "me:you", "hunter2")]
    public void Should_RefuseCredentialsWithoutShowingThem_When_TheyCannotBeSent(string? token, string? user, string? password)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Read(token, user, password));
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_BuildAHeader_When_CredentialsAreWhole()
    {
        Assert.Null(Read(null, null, null));
        Assert.Null(Read("", "", ""));
        Assert.Equal("Bearer t", Read("t", null, null)!.Header.ToString());
        Assert.Equal("Basic bWU6cMO8", Read(null, "me", "pü")!.Header.ToString());
        Assert.DoesNotContain("hunter2", Read("hunter2", null, null)!.ToString(), StringComparison.Ordinal);
    }

    private static CacheCredentials? Read(string? token, string? user, string? password) => CacheCredentials.Read(name => name switch
    {
        CacheCredentials.TokenVariable => token,
        CacheCredentials.UserVariable => user,
        CacheCredentials.PasswordVariable => password,
        _ => throw new ArgumentException(name),
    });
}
