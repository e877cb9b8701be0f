using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Files among those of a person that cannot be read to their end, and what editors leave.</summary>
[Collection(HostFixture.Name)]
public sealed class OddFileTests(HostFixture host)
{
    [Fact]
    public async Task Should_PassThemOver_When_TheyLieAmongTheExperiments()
    {
        using HostFolder folder = host.Copy();
        await FifoAsync(folder, "experiments/tables/Pipe.yaml");
        await FifoAsync(folder, "experiments/prompts/deep/pipe");
        await FifoAsync(folder, "results/tiny/Pipe.lock.json");
        File.CreateSymbolicLink(folder.PathOf("experiments/tables/.#Tiny.yaml"), "somebody@elsewhere.123:456");
        folder.Write("experiments/tables/#Tiny.yaml#", "half a table");
        File.CreateSymbolicLink(folder.PathOf("experiments/tables/Device.yaml"), "/dev/zero");
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string name = Path.Combine(Path.GetTempPath(), "nt-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture)); // a socket's name is short
        socket.Bind(new UnixDomainSocketEndPoint(name));
        File.Move(name, folder.PathOf("experiments/profiles/socket.yaml"));

        Assert.Empty((await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Done).Error);
        Assert.Equal(host.Folder.Published(), folder.Published());
        HostRun diff = await folder.RunAsync("--target=Diff", "--against=" + folder.Root);
        Assert.Empty(diff.Expect(ExitCode.Done).Error);

        folder.Edit("experiments/tables/Tiny.yaml", "title: ", "title: Once more, ");
        HostRun told = (await folder.RunAsync("--target=Tiny", "--dryrun", "--verbosity=diagnostic")).Expect(ExitCode.Done);
        string tables = Path.Combine("experiments", "tables");
        Assert.Equal(
            [
                Path.Combine("experiments", "profiles", "socket.yaml") + " is ignored: a socket.",
                Path.Combine("experiments", "prompts", "deep", "pipe") + " is ignored: a FIFO.",
                Path.Combine(tables, "#Tiny.yaml#") + " is ignored: an editor's file.",
                Path.Combine(tables, ".#Tiny.yaml") + " is ignored: an editor's file.",
                Path.Combine(tables, "Device.yaml") + " is ignored: a device.",
                Path.Combine(tables, "Pipe.yaml") + " is ignored: a FIFO.",
            ],
            told.Errors);
    }

    [Fact]
    public async Task Should_SayWhatItIs_When_ItIsNamed()
    {
        using HostFolder folder = HostFolder.Create();
        File.Delete(folder.PathOf("experiments/prompts/think.txt"));
        await FifoAsync(folder, "experiments/prompts/think.txt");
        HostRun prompt = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Usage);
        Assert.Contains(prompt.Errors, error => error.Contains("think.txt", StringComparison.Ordinal) && error.Contains("a FIFO", StringComparison.Ordinal));

        File.Delete(folder.PathOf("experiments/profiles/tiny.yaml"));
        await FifoAsync(folder, "experiments/profiles/tiny.yaml");
        HostRun profile = (await folder.RunAsync("--target=Tiny")).Expect(ExitCode.Usage);
        Assert.Equal(
            [$"error: --profile: The file of the profile 'tiny' is a FIFO, not a regular file. Replace {folder.PathOf("experiments/profiles/tiny.yaml")}."],
            profile.Errors);
    }

    private static async Task FifoAsync(HostFolder folder, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(name))!);
        using Process process = Process.Start("mkfifo", [folder.PathOf(name)]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
