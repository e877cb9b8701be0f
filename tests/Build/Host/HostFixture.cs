using System.Diagnostics;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Code;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>One run of the tests' table from an empty store, which all tests of the host share; they change copies of its folder.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    /// <summary>The name of the collection of tests that take turns with the host.</summary>
    public const string Name = "host";

    /// <summary>The name of the collection of tests that mostly wait for others, such as Slurm: they take turns beside those of <see cref="Name"/>.</summary>
    public const string Waiting = "waiting";

    // build.sh does this after compilation; beside the tests nobody did.
    private static readonly Lazy<bool> Identity = new(() =>
    {
        CodeIdentity.Compute(AppContext.BaseDirectory, HostFolder.Repository).Save(Path.Combine(AppContext.BaseDirectory, "identity.json"));
        return true;
    });

    internal HostFolder Folder { get; } = HostFolder.Create();

    /// <summary>The first run, verbose.</summary>
    internal HostRun First { get; private set; } = null!;

    /// <summary>What --dryrun said before it.</summary>
    internal HostRun DryRun { get; private set; } = null!;

    /// <summary>What the loader of the first run's processes wrote: the shared libraries that they opened.</summary>
    internal string Loaded { get; private set; } = "";

    internal HostFolder Copy() => Folder.Copy();

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Assert.True(Identity.Value);
        DryRun = await Folder.RunAsync("--target=Tiny", "--dryrun");
        (First, Loaded) = await RunWithLoaderLogAsync(Folder, "--target=Tiny", "--verbosity=verbose");
    }

    /// <summary>Runs the host while the dynamic loader says which libraries it and its workers open.</summary>
    internal static async Task<(HostRun Run, string Loaded)> RunWithLoaderLogAsync(HostFolder folder, params string[] arguments)
    {
        DirectoryInfo logs = Directory.CreateTempSubdirectory("nt-loader");
        try
        {
            Dictionary<string, string> environment = new() { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = Path.Combine(logs.FullName, "log") };
            using Process process = folder.Start(HostFolder.WithDefaults(arguments), environment);
            HostRun run = await HostFolder.FinishAsync(process);
            return (run, string.Concat(logs.EnumerateFiles().Select(file => File.ReadAllText(file.FullName))));
        }
        finally
        {
            logs.Delete(recursive: true);
        }
    }

    /// <inheritdoc />
    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests that start the host run one after another: a machine may have two cores.</summary>
[CollectionDefinition(HostFixture.Name)]
public sealed class HostTests : ICollectionFixture<HostFixture>;

/// <summary>Tests that start the host and mostly wait.</summary>
[CollectionDefinition(HostFixture.Waiting)]
public sealed class WaitingTests : ICollectionFixture<HostFixture>;
