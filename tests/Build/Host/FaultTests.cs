using System.Diagnostics;
using System.Text.RegularExpressions;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Short forms of the scripts in bench/reliability.</summary>
[Collection(HostFixture.Name)]
public sealed class FaultTests(HostFixture host)
{
    [Theory]
    [InlineData("ran world/pool")]
    [InlineData("started base/pretrain")]
    [InlineData("ran Tiny/table")]
    public async Task Should_LoseNothing_When_EveryProcessIsKilled(string when)
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.Store, recursive: true);
        Directory.Delete(folder.Store + ".probes", recursive: true);
        Directory.Delete(folder.PathOf("results"), recursive: true);
        using (Process process = folder.Start(HostFolder.WithDefaults(["--target=Tiny", "--verbosity=verbose"])))
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains(when, StringComparison.Ordinal))
            {
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Store, "tmp")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Store, "locks")));
        Assert.Empty(Directory.EnumerateFiles(folder.Root, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Should_GoOnWithTheSameBits_When_ATrainingIsKilled()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.PathOf("results"), recursive: true);
        string resume = Path.Combine(folder.Store, "resume");
        do
        {
            // A kill that came when the training had ended says nothing: once more.
            Directory.Delete(folder.Store, recursive: true);
            using Process process = folder.Start(HostFolder.WithDefaults(["--target=Tiny"]));
            await Hang.UntilAsync(() => process.HasExited || Checkpoints(resume).Length > 0, 1);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        while (Checkpoints(resume).Length == 0);

        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
        Assert.Empty(Directory.GetDirectories(resume));
        string[] resumed =
            [.. Directory.EnumerateFiles(Path.Combine(folder.Store, "runs"), "*.json", SearchOption.AllDirectories)
                .Where(path => Regex.IsMatch(File.ReadAllText(path), @"""resumedAtStep"": [1-9]"))];
        Assert.Single(resumed);
        Assert.NotEmpty(Directory.GetFiles(folder.PathOf(".cache/store.tensorboard/tiny/base/pretrain"), "events.out.tfevents.*"));
    }

    private static string[] Checkpoints(string resume)
    {
        try
        {
            return Directory.Exists(resume) ? Directory.GetFiles(resume, "step-*", SearchOption.AllDirectories) : [];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // a training ended meanwhile
        }
    }

    [Fact]
    public async Task Should_RunEachTargetOnce_When_HostsShareACheckout()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.Store, recursive: true);
        Directory.Delete(folder.PathOf("results"), recursive: true);
        HostRun[] runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => folder.RunAsync("--target=Tiny", "--verbosity=verbose")));

        Assert.All(runs, run => run.Expect(ExitCode.Done));
        Assert.Equal(host.First.Ran, runs.SelectMany(run => run.Ran).Order(StringComparer.Ordinal));
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_NameAndMakeAgain_When_StoredFilesAreDamaged()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(Path.Combine(folder.Store, "plans"), recursive: true);
        string record = Directory.EnumerateFiles(Path.Combine(folder.Store, "runs"), "*.json", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains("\"address\": \"Tiny/table\"", StringComparison.Ordinal));
        string content = ContentHash.OfFile(folder.PathOf("results/tiny/Tiny.md")).Hex;
        string page = Path.Combine(folder.Store, "objects", content[..2], content);
        byte[] bytes = File.ReadAllBytes(page);
        bytes[^1] ^= 16;
        File.Delete(page);
        File.WriteAllBytes(page, bytes);
        HostRun run = (await folder.RunAsync("--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Equal(
            $"warning: The stored file '{Path.GetRelativePath(folder.Store, page)}' does not have the content that its name says: it is removed and made "
            + "again.",
            Assert.Single(run.Errors));
        Assert.Equal(["Tiny/table"], run.Ran);

        Directory.Delete(Path.Combine(folder.Store, "plans"), recursive: true);
        File.WriteAllText(record, File.ReadAllText(record)[..^40]);
        run = (await folder.RunAsync("--target=Tiny", "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Equal(
            $"warning: The stored file '{Path.GetRelativePath(folder.Store, record)}' is a damaged run record: it is removed and made again.",
            Assert.Single(run.Errors));
        Assert.Equal(["Tiny/table"], run.Ran);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_SayItOnceAndGoOn_When_TheStoreCannotBeWritten()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.Store, recursive: true);

        // Nobody can make a folder there, root included.
        using Process process = folder.Start(
            HostFolder.WithDefaults(["--target=Tiny"]), new Dictionary<string, string> { [Workspace.StoreVariable] = "/proc/store" });
        HostRun run = (await HostFolder.FinishAsync(process)).Expect(ExitCode.TargetFailed);
        Assert.StartsWith("error: The store '/proc/store' cannot be used: ", Assert.Single(run.Errors), StringComparison.Ordinal);

        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done);
        Assert.Equal(host.Folder.Published(), folder.Published());
    }
}
