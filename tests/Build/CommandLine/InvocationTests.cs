using Cake.Core.Diagnostics;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.CommandLine;

public sealed class InvocationTests
{
    [Fact]
    public void Should_ReadEverySpelling_When_SwitchesAreKnown()
    {
        Invocation invocation = Invocation.Parse(["--target=Table1", "--profile", "smoke", "-v", "quiet", "--jobs=3", "--dryrun", "-e", "--device=cpu"]);
        Assert.Equal("Table1", invocation.Target);
        Assert.Equal("smoke", invocation.Profile);
        Assert.Equal(Verbosity.Quiet, invocation.Verbosity);
        Assert.Equal(3, invocation.Jobs);
        Assert.True(invocation.Has("dryrun"));
        Assert.True(invocation.Has("exclusive"));
        Assert.False(invocation.Has("tree"));
    }

    [Fact]
    public void Should_NameAVariantOfTheProfile_When_ValuesAreSet()
    {
        Assert.Equal(
            "smoke@sft.learningRate=1e-3@sizes=[40]",
            Invocation.Parse(["--target=Table1", "--set", "sizes=[40]", "--profile=smoke", "--set=sft.learningRate=1e-3"]).Profile);
        Assert.Equal("mini@generation.topP=1", Invocation.Parse(["--target=Table1", "--profile=mini@generation.topP=1"]).Profile);
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => Invocation.Parse(["--target=Table1", "--set", "sizes", "--set", "a=../b"])).Errors.Count);
        Assert.Single(Assert.Throws<UserErrorException>(() => Invocation.Parse(["--target=Table1", "--set", "a=1", "--set", "a=2"])).Errors);
    }

    [Theory]
    [InlineData("--tree", null)]
    [InlineData("--tree=mermaid", "mermaid")]
    [InlineData("--tree=dot", "dot")]
    public void Should_DrawInALanguage_When_TreeNamesOne(string argument, string? language)
    {
        Invocation invocation = Invocation.Parse(["--target=Table1", argument]);
        Assert.True(invocation.Has("tree"));
        Assert.Equal(language, invocation.Tree);
    }

    [Fact]
    public void Should_ReadWhatMayBeSpent_When_CallsAreLimited()
    {
        Invocation invocation = Invocation.Parse(["--target=Table1", "--max-calls=20", "--max-cost=1.25"]);
        Assert.Equal((20L, 1.25m, false), (invocation.MaxCalls, invocation.MaxCost, invocation.Has("offline")));
        Assert.True(Invocation.Parse(["--target=Verify", "--offline"]).Has("offline"));
    }

    [Fact]
    public void Should_DefaultToMini_When_NothingIsSaid()
    {
        Invocation invocation = Invocation.Parse(["-t", "Table1"]);
        Assert.Equal("mini", invocation.Profile);
        Assert.Equal(Environment.ProcessorCount, invocation.Jobs);
        Assert.Equal(Verbosity.Normal, invocation.Verbosity);
    }

    [Theory]
    [InlineData("--traget=Table1", "Did you mean '--target'?")]
    [InlineData("--jbos=2", "Did you mean '--jobs'?")]
    [InlineData("--dry-run", "Did you mean '--dryrun'?")]
    [InlineData("-x", "--help lists the switches.")]
    public void Should_NameTheNearest_When_SwitchIsUnknown(string argument, string hint)
    {
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => Invocation.Parse([argument])).Errors);
        Assert.Equal(hint, error.Hint);
        Assert.Contains(argument, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--jobs=0")]
    [InlineData("--jobs=-1")]
    [InlineData("--jobs=two")]
    [InlineData("--verbosity=loud")]
    [InlineData("--device=tpu")]
    [InlineData("--tree=no")]
    [InlineData("--keep=-1")]
    [InlineData("--cache=ftp://cache/")]
    [InlineData("--target=")]
    [InlineData("--accept")]
    public void Should_Refuse_When_ValueIsWrong(string argument) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<UserErrorException>(() => Invocation.Parse([argument])).ExitCode);

    [Fact]
    public void Should_ReportAllAtOnce_When_SeveralAreWrong() =>
        Assert.Equal(4, Assert.Throws<UserErrorException>(() => Invocation.Parse(["--jobs=0", "--trget=x", "--device=tpu", "Table1"])).Errors.Count);

    [Fact]
    public void Should_Refuse_When_ASwitchIsGivenTwice() =>
        Assert.Contains("twice", Assert.Throws<UserErrorException>(() => Invocation.Parse(["--jobs=1", "--jobs=2"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--cache=https://me:hunter2@cache.example/")]
    [InlineData("--cahce=https://me:hunter2@cache.example/")]
    [InlineData("--cache=https://cache.example/?t=hunter2")]
    public void Should_ShowNoSecret_When_ACacheIsWrong(string argument) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<UserErrorException>(() => Invocation.Parse([argument])).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_TakeAnAddress_When_VerbIsShow()
    {
        Assert.Equal(["Table1/base"], Invocation.Parse(["--target=Show", "Table1/base"]).Addresses);
        Assert.Throws<UserErrorException>(() => Invocation.Parse(["--target=Table1", "Table1/base"]));
    }
}
