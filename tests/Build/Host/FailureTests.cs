using System.Diagnostics;
using System.Text;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class FailureTests(HostFixture host)
{
    [Fact]
    public async Task Should_SayItOnceFinishTheRestAndTryAgain_When_ATargetFails()
    {
        const string Failed = "failed: Short/ReasoningStrategies/16/System2/seed1/select: size: ReasoningStrategies cannot select 16 questions: ";
        using HostFolder folder = host.Copy();
        File.Delete(folder.PathOf("experiments/tables/Tiny.yaml"));
        HostRun run = (await folder.RunAsync("--target=Short")).Expect(ExitCode.TargetFailed);
        Assert.Equal(2, run.Errors.Length);
        Assert.StartsWith(Failed, run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("5 targets did not run, because of what failed. The same command tries again; what is done stays.", run.Errors[1]);
        Assert.Matches(@"(?m)^Short/Random/16/System2 +(Ran|Cached)", run.Output);
        Assert.Matches(@"(?m)^Short/ReasoningStrategies/16/System2 +Failed .*Short/ReasoningStrategies/16/System2/seed1/select failed$", run.Output);
        Assert.Matches(@"(?m)^Short +Blocked +needs Short/ReasoningStrategies/16/System2/seed1/select, which failed$", run.Output);
        Assert.False(File.Exists(folder.PathOf("results/tiny/Short.md")));

        // A failure is never cached: it is tried again, and the others are not.
        HostRun again = (await folder.RunAsync("--target=Short", "-v", "minimal")).Expect(ExitCode.TargetFailed);
        Assert.Contains("30 targets: 0 ran, 24 cached, 1 failed, 5 blocked; ", again.Output, StringComparison.Ordinal);
        Assert.Equal(run.Errors, again.Errors);
        Assert.Equal(
            run.Errors, (await folder.RunAsync("--target=Verify", "Short", "--accept", "--reason=none", "-v", "quiet")).Expect(ExitCode.TargetFailed).Errors);

        folder.Edit("experiments/tables/Short.yaml", "ReasoningStrategies", "Topics");
        (await folder.RunAsync("--target=Short")).Expect(ExitCode.Done);
        Assert.True(File.Exists(folder.PathOf("results/tiny/Short.md")));
    }

    [Theory]
    [InlineData("sftTokens: 100000", "sftTokens: 60", "budget.sftTokens: The targets took ")]
    [InlineData("generationTokens: 100000", "generationTokens: 60", "budget.generationTokens: The targets took ")]
    public async Task Should_PublishNothing_When_TheBudgetIsPassed(string old, string now, string message)
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.PathOf("results"), recursive: true);
        foreach (string table in Directory.GetFiles(folder.PathOf("experiments/tables")).Where(path => Path.GetFileName(path) != "Tiny.yaml"))
        {
            // They ask for more than that already by what they declare.
            File.Delete(table);
        }

        folder.Edit("experiments/profiles/tiny.yaml", old, now);
        HostRun dry = (await folder.RunAsync("--target=Tiny", "--dryrun")).Expect(ExitCode.Done);
        Assert.Single(dry.Output.Split('\n'), line => line.StartsWith(
            "Tiny may not be published: " + message.Replace("took", "are predicted to take", StringComparison.Ordinal), StringComparison.Ordinal));
        HostRun run = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.TargetFailed);
        string error = Assert.Single(run.Errors);
        Assert.StartsWith("failed: Tiny was not published: " + message, error, StringComparison.Ordinal);
        Assert.Contains("above the budget of 60.", error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Tiny +Failed +over the profile's budget$", run.Output);
        Assert.False(Directory.Exists(folder.PathOf("results")));

        folder.Edit("experiments/profiles/tiny.yaml", now, old);
        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Theory]
    [InlineData("INT", "started world/tokenizer", "--target=Tiny")]
    [InlineData("TERM", "started base/pretrain", "--target=Verify", "Tiny")]
    public async Task Should_ResumeWithTheSameBytes_When_Interrupted(string signal, string when, params string[] command)
    {
        using HostFolder folder = host.Copy();
        bool writes = command[0] == "--target=Tiny";
        string[] arguments = [.. command, "--verbosity=verbose"];
        HostRun interrupted;
        do
        {
            // A signal that came when all was done says nothing: once more.
            Directory.Delete(folder.Store, recursive: true);
            if (writes && Directory.Exists(folder.PathOf("results")))
            {
                Directory.Delete(folder.PathOf("results"), recursive: true);
            }

            interrupted = await InterruptAsync(folder, signal, when, arguments);
        }
        while (interrupted.Exit == ExitCode.Done);

        interrupted.Expect(ExitCode.Interrupted);
        Assert.Equal(["Interrupted. What was finished is kept; the same command resumes."], interrupted.Errors);
        Assert.Equal(!writes, Directory.Exists(folder.PathOf("results")));
        await NobodyIsLeftAsync(folder);

        HostRun resumed = (await folder.RunAsync(arguments)).Expect(ExitCode.Done);
        Assert.NotEmpty(interrupted.Ran);
        Assert.Empty(resumed.Ran.Intersect(interrupted.Ran));
        Assert.Equal(host.First.Ran, resumed.Ran.Concat(interrupted.Ran).Order(StringComparer.Ordinal));
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    private static async Task<HostRun> InterruptAsync(HostFolder folder, string signal, string when, string[] arguments)
    {
        Process process = folder.Start(HostFolder.WithDefaults(arguments));
        StringBuilder lines = new();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Append(line).Append('\n');
            if (line.Contains(when, StringComparison.Ordinal))
            {
                break;
            }
        }

        HostFolder.Signal(process, signal);

        return await HostFolder.FinishAsync(process, lines.ToString());
    }

    // Workers inherit the variable that names the folder.
    private static async Task NobodyIsLeftAsync(HostFolder folder)
    {
        string mark = $"{Workspace.RootVariable}={folder.Root}\0";
        await Hang.UntilAsync(() => !Directory.EnumerateDirectories("/proc").Any(process => Environ(process).Contains(mark, StringComparison.Ordinal)), 100);
    }

    private static string Environ(string process)
    {
        try
        {
            return File.Exists(process + "/environ") ? File.ReadAllText(process + "/environ") : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
