using System.Diagnostics;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>The published folder, and the libtorch of another place.</summary>
[Collection(HostFixture.Name)]
public sealed class PublishTests(HostFixture host)
{
    private static readonly string[] Libtorch = ["libc10.so", "libtorch.so", "libtorch_cpu.so", "libtorch_global_deps.so"];

    [Fact]
    public async Task Should_GiveTheSameBytes_When_ItRunsWithoutDotnetOnAnotherLibtorch()
    {
        // Given
        using HostFolder folder = HostFolder.Create();
        HostRun published = await HostFolder.FinishAsync(folder.Start(
            ["--target=Publish", "--to=" + folder.PathOf("published")],
            new Dictionary<string, string> { [Workspace.RootVariable] = HostFolder.Repository }));
        published.Expect(ExitCode.Done);
        Assert.Empty(Directory.EnumerateFiles(folder.PathOf("published/app"), "libtorch*"));
        string torch = LikePyTorch(folder);

        // When
        Dictionary<string, string> environment = new() { ["DOTNET_ROOT"] = "/nowhere", ["PATH"] = "/usr/bin:/bin" };
        Process process = folder.Start(
            folder.PathOf("published/naturalthoughts"), HostFolder.WithDefaults(["--target=Tiny", "--libtorch=" + torch]), environment);
        HostRun run = (await HostFolder.FinishAsync(process)).Expect(ExitCode.Done);

        // Then
        Assert.Empty(run.Error);
        Assert.Equal(host.Folder.Published(), folder.Published());
        HostRun doctor = (await folder.RunAsync("--target=Doctor", "--libtorch=" + torch)).Expect(ExitCode.Done);
        Assert.Contains($"libtorch 9.9.9+like for the CPU in {torch}", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_NameWhatIsMissing_When_CudaIsThereInPart()
    {
        using HostFolder folder = HostFolder.Create();
        string torch = LikePyTorch(folder);
        HostRun cpu = (await folder.RunAsync("--target=Tiny", "--device=cuda", "--libtorch=" + torch)).Expect(ExitCode.Usage);
        Assert.Contains("is for the CPU only", Assert.Single(cpu.Errors), StringComparison.Ordinal);

        folder.Write("site/torch/lib/libtorch_cuda.so", "no library");
        HostRun partial = (await folder.RunAsync("--target=Tiny", "--device=cuda", "--libtorch=" + torch)).Expect(ExitCode.Usage);
        Assert.Contains("has a part of CUDA only: libc10_cuda.so is missing", Assert.Single(partial.Errors), StringComparison.Ordinal);

        // A part that does not load is named, on the processor as well.
        HostRun broken = (await folder.RunAsync("--target=Tiny", "--libtorch=" + torch)).Expect(ExitCode.TargetFailed);
        Assert.Matches("libtorch_cuda.so' does not load: .*(too short|invalid ELF header)", Assert.Single(broken.Errors));
    }

    [Fact]
    public async Task Should_AskPython_When_ItIsNamed()
    {
        using HostFolder folder = HostFolder.Create();
        string torch = LikePyTorch(folder);
        await ScriptAsync(folder, "bin/python3", $"echo '{Path.GetDirectoryName(torch)}'");
        Dictionary<string, string> environment = new() { ["PATH"] = folder.PathOf("bin") + ":" + Environment.GetEnvironmentVariable("PATH") };
        HostRun found = await HostFolder.FinishAsync(folder.Start(HostFolder.WithDefaults(["--target=Doctor", "--libtorch=python"]), environment));
        Assert.Contains(torch, found.Expect(ExitCode.Done).Output, StringComparison.Ordinal);

        await ScriptAsync(folder, "other/python3", "echo");
        environment["PATH"] = folder.PathOf("other") + ":" + Environment.GetEnvironmentVariable("PATH");
        HostRun none = await HostFolder.FinishAsync(folder.Start(HostFolder.WithDefaults(["--target=Doctor", "--libtorch=python"]), environment));
        Assert.Contains("python3 knows no package 'torch'", Assert.Single(none.Expect(ExitCode.Usage).Errors), StringComparison.Ordinal);
    }

    private static async Task ScriptAsync(HostFolder folder, string name, string line)
    {
        folder.Write(name, $"#!/bin/sh\n{line}\n");
        using Process chmod = Process.Start("chmod", ["+x", folder.PathOf(name)]);
        await chmod.WaitForExitAsync();
    }

    // NuGet's libraries laid out as in a PyTorch.
    private static string LikePyTorch(HostFolder folder)
    {
        folder.Write("site/torch/version.py", "__version__ = '9.9.9+like'\n");
        string lib = folder.PathOf("site/torch/lib");
        Directory.CreateDirectory(lib);
        foreach (string path in Libtorch.Select(name => Path.Combine(AppContext.BaseDirectory, name))
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "libgomp*")))
        {
            File.CreateSymbolicLink(Path.Combine(lib, Path.GetFileName(path)), path);
        }

        return lib;
    }
}
