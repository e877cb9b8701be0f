using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>How a run of the host ended, and what it wrote.</summary>
internal sealed record HostRun(ExitCode Exit, string Output, string Error)
{
    /// <summary>The lines of standard error.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The targets that a verbose run says it ran, in ordinal order.</summary>
    public string[] Ran =>
        [.. Regex.Matches(Output, @"^\[\d+/\d+\] ran (\S+)", RegexOptions.Multiline).Select(line => line.Groups[1].Value).Order(StringComparer.Ordinal)];

    /// <summary>This run, after checking its exit code; a wrong one shows what the host wrote.</summary>
    public HostRun Expect(ExitCode exit)
    {
        Assert.True(exit == Exit, $"exit code {(int)Exit} instead of {(int)exit}\n{Output}\n{Error}");
        return this;
    }
}
