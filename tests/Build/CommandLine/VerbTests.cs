using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;

namespace NaturalThoughts.Build.Tests.CommandLine;

public sealed class VerbTests
{
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["set"] = "sizes=[40]",
        ["device"] = "cpu",
        ["max-cost"] = "1.5",
        ["executor"] = "slurm",
        ["match"] = "any",
        ["models"] = "world",
        ["faults"] = "0.1",
        ["verbosity"] = "quiet",
        ["cache"] = "/x",
    };

    public static TheoryData<string> Rows => ["Table1", .. Verb.All.Select(verb => verb.Name.ToString()!)];

    [Fact]
    public void Should_HaveOneRow_When_AVerbIsNamed() =>
        Assert.Equal(Enum.GetValues<VerbName>(), Verb.All.Select(verb => verb.Name!.Value).Order());

    [Fact]
    public void Should_BeASwitchOfSomething_When_ItIsInTheHelp()
    {
        string[] known = [.. Switch.All.Select(item => item.Name)];
        Verb[] rows = [.. Verb.All, Verb.OfTargets];

        Assert.Empty(rows.SelectMany(verb => verb.Needs.Concat(verb.Allows)).Except(known));
        Assert.Empty(Switch.All.SelectMany(item => item.Without.SelectMany(apart => apart.Names)).Except(known));
        Assert.Empty(Switch.All.Where(item => !item.IsAlone && !rows.Any(verb => verb.Takes(item.Name))).Select(item => item.Name));
    }

    /// <summary>Each switch with each verb, as a command line that is right otherwise: it is refused, by its name, where the row does not have it.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_RefuseIt_When_ARowDoesNotHaveASwitch(string target)
    {
        Verb verb = Verb.Of(target);
        foreach (Switch item in Switch.All.Where(item => item.Name is not ("target" or "help" or "version" or "completion") && item.Of is null))
        {
            string[] arguments =
            [
                "--target=" + target,
                .. verb.Arguments is null || item.Name == "models" ? [] : new[] { "base" },
                .. verb.Needs.Where(name => name != item.Name).Select(name => Given(Switch.Find(name))),
                .. item.Name == "accept" ? ["--reason=why"] : Array.Empty<string>(),
                .. item.Name == "license" && verb.Takes("format")
                    ? ["--format=" + (verb.Formats.Contains("dataset") ? "dataset" : verb.Formats[0])]
                    : Array.Empty<string>(),
                item.Name == "format" && verb.Formats.Count > 0 ? "--format=" + verb.Formats[^1] : Given(item),
            ];
            if (verb.Takes(item.Name))
            {
                Assert.True(Invocation.Parse(arguments).Given.Contains(item.Name), string.Join(' ', arguments));
            }
            else
            {
                Assert.Contains(
                    "--" + item.Name, Assert.Single(Assert.Throws<UserErrorException>(() => Invocation.Parse(arguments)).Errors).Message,
                    StringComparison.Ordinal);
            }
        }
    }

    private static string Given(Switch item) =>
        "--" + item.Name + (item.Value is null ? "" : "=" + Samples.GetValueOrDefault(item.Name, item.Name == "format" ? "text" : "1"));
}
