using System.Diagnostics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class DiffTests(HostFixture host)
{
    [Fact]
    public async Task Should_SayThatAllIsTheSame_When_NothingChanged()
    {
        foreach (string end in (string[])["", "/results", "/results/tiny"])
        {
            HostRun run = (await host.Folder.RunAsync("--target=Diff", "--against=" + host.Folder.Root + end)).Expect(ExitCode.Done);
            Assert.Equal($"Tiny against {host.Folder.Root}{end}: all 6 values are the same\n", run.Output);
        }
    }

    [Fact]
    public async Task Should_NameStageAndCause_When_ASettingChangedSinceARevision()
    {
        using HostFolder folder = host.Copy();
        Git(folder, "init", "-q");
        Git(folder, "add", "results");
        Git(folder, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "locked");

        // Twice the steps on the larger set: its weights are others, the rest of the table stays.
        folder.Edit("experiments/profiles/tiny.yaml", "epochs: {8: 1, 16: 1}", "epochs: {8: 1, 16: 2}");
        (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.LockBroken);
        HostRun unaccepted = (await folder.RunAsync("--target=Diff", "--against=HEAD")).Expect(ExitCode.Done);
        Assert.Equal("Tiny against HEAD: all 6 values are the same\n", unaccepted.Output);
        (await folder.RunAsync("--target=Verify", "Tiny", "--accept", "--reason=more steps")).Expect(ExitCode.Done);

        HostRun text = (await folder.RunAsync("--target=Diff", "--against=HEAD", "Tiny")).Expect(ExitCode.Done);
        Assert.StartsWith("Tiny against HEAD: ", text.Output, StringComparison.Ordinal);
        Assert.Contains("  Random/16/System2 Hard: moved, ", text.Output, StringComparison.Ordinal);
        Assert.Contains(
            "    first stage that differs: weights (seed 1)\n    why: fine-tune of Tiny/Random/16/System2/seed1/fine-tune, "
            + "parameters.training.epochs: 1 -> 2\n",
            text.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("  base ", text.Output, StringComparison.Ordinal);

        HostRun markdown = (await folder.RunAsync("--target=Diff", "--against=HEAD", "--format=markdown")).Expect(ExitCode.Done);
        Assert.Contains("| cell | benchmark | verdict |", markdown.Output, StringComparison.Ordinal);
        HostRun html = (await folder.RunAsync("--target=Diff", "--against=HEAD", "--format=html")).Expect(ExitCode.Done);
        Assert.StartsWith("<!DOCTYPE html>\n", html.Output, StringComparison.Ordinal);
        Assert.Contains("parameters.training.epochs: 1 -&gt; 2", html.Output, StringComparison.Ordinal);

        File.AppendAllText(folder.PathOf("results/tiny/Tiny.csv"), "\n");
        HostRun newer = (await folder.RunAsync("--target=Diff", "--against=HEAD")).Expect(ExitCode.Done);
        Assert.Equal(
            "note: Tiny.csv holds other values than its lock, which is what is compared here; --target=Verify Tiny says which.", Assert.Single(newer.Errors));

        // From a checkout without a store the stage is still named, out of the locks alone.
        Directory.Delete(folder.Store, recursive: true);
        text = (await folder.RunAsync("--target=Diff", "--against=HEAD")).Expect(ExitCode.Done);
        Assert.Contains("first stage that differs: weights (seed 1)\n", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("why: ", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--against: 'nowhere' is neither a folder nor a revision of this repository. Name a folder, or a commit, branch or tag that git knows.",
        "--against=nowhere")]
    [InlineData("Diff: There is no lock of a table 'Tni' on either side. Did you mean 'Tiny'?", "--against=.", "Tni")]
    [InlineData("command line: Diff needs --against. Write --target=Diff --against=REVISION|FOLDER.")]
    [InlineData(
        "command line: --format cannot be 'pdf'. Known: csv, dataset, files, flips, html, inspect, lm-eval, markdown, ro-crate, text.", "--against=.",
        "--format=pdf")]
    public async Task Should_SayWhatToDo_When_ThePlaceIsWrong(string message, params string[] arguments)
    {
        string[] here = [.. arguments.Select(argument => argument == "--against=." ? "--against=" + host.Folder.Root : argument)];
        Assert.Equal(["error: " + message], (await host.Folder.RunAsync(["--target=Diff", .. here])).Expect(ExitCode.Usage).Errors);
    }

    [Fact]
    public async Task Should_SayWhichProfile_When_TheFolderHasNoResultsOfIt()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("nt none ");
        Assert.Equal(
            [$"error: --against: There are no locked results of the profile 'tiny' in '{empty.FullName}'. Name another place, or another --profile."],
            (await host.Folder.RunAsync("--target=Diff", "--against=" + empty.FullName)).Expect(ExitCode.Usage).Errors);
        empty.Delete();
    }

    private static void Git(HostFolder folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder.Root })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
