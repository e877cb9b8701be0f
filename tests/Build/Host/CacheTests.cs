using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class CacheTests(HostFixture host)
{
    private const string Secret = "hunter2-correct-horse";

    private static readonly Dictionary<string, string> Credentials = new()
    {
        ["NATURALTHOUGHTS_CACHE_USER"] = "lab",
        ["NATURALTHOUGHTS_CACHE_PASSWORD"] = Secret,
    };

    [NginxFact]
    public async Task Should_MakeTheTableWithoutComputing_When_ASecondCheckoutHasTheCache()
    {
        using Nginx nginx = await Nginx.StartAsync("lab", Secret);
        using HostFolder first = HostFolder.Create();
        string cache = "--cache=" + nginx.Url;
        HostRun gave = (await RunAsync(first, "--target=Tiny", cache)).Expect(ExitCode.Done);
        Assert.Contains($"Shared cache {nginx.Url}: took 0 targets (0 files, 0 B), gave 30 targets (", gave.Output, StringComparison.Ordinal);
        Assert.Equal(30, nginx.Files("ac").Length);

        using HostFolder second = HostFolder.Create();
        HostRun planned = (await RunAsync(second, "--target=Tiny", "--dryrun", cache)).Expect(ExitCode.Done);
        Assert.Contains("\n30 targets: 30 hit, 0 will run, 0 may run.\n", planned.Output, StringComparison.Ordinal);

        HostRun took = (await RunAsync(second, "--target=Tiny", cache, "--verbosity=verbose")).Expect(ExitCode.Done);
        Assert.Contains("30 targets: 0 ran, 30 cached; 0 tokens trained, 0 generated.", took.Output, StringComparison.Ordinal);
        Assert.Contains("cached Tiny/table (from the shared cache)", took.Output, StringComparison.Ordinal);
        Assert.Contains("took 30 targets (5 files, ", took.Output, StringComparison.Ordinal);
        Assert.Empty(gave.Error + planned.Error + took.Error);
        Assert.Equal(host.Folder.Published(), second.Published());
        Assert.Equal(5, Directory.GetFiles(Path.Combine(second.Store, "objects"), "*", SearchOption.AllDirectories).Length);

        // The answers come when somebody asks for them; without the cache it is said where they are not.
        HostRun without = (await second.RunAsync("--target=Show", "Tiny/Random/8/System2")).Expect(ExitCode.Done);
        Assert.Contains("The answers are not in this store: name the --cache that has them", without.Output, StringComparison.Ordinal);
        HostRun shown = (await RunAsync(second, "--target=Show", "Tiny/Random/8/System2", cache)).Expect(ExitCode.Done);
        Assert.Matches(@"(?m)^    prompt: \S", shown.Output);

        // Nothing to do opens no connection.
        int requests = nginx.Log.Length;
        Assert.Contains(
            "Nothing to do: 30 targets, all cached", (await RunAsync(second, "--target=Tiny", cache)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Equal(requests, nginx.Log.Length);

        HostRun doctor = (await RunAsync(second, "--target=Doctor", cache)).Expect(ExitCode.Done);
        Assert.Contains(nginx.Url + ": reachable", doctor.Output, StringComparison.Ordinal);
        foreach (HostRun run in (HostRun[])[gave, planned, took, shown, doctor])
        {
            Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
        }

        foreach (string path in Directory.EnumerateFiles(first.Root, "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(second.Root, "*", SearchOption.AllDirectories))
            .Concat(nginx.Files("ac")).Concat(nginx.Files("cas")))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }
    }

    [NginxFact]
    public async Task Should_WarnOnceAndRun_When_CredentialsAreMissing()
    {
        using Nginx nginx = await Nginx.StartAsync("lab", Secret);
        using HostFolder folder = HostFolder.Create();
        HostRun run = (await folder.RunAsync("--target=world/pool", "--cache=" + nginx.Url)).Expect(ExitCode.Done);
        Assert.Equal(
            $"warning: The shared cache {nginx.Url} cannot be read: it answered 401. Credentials come from the environment, "
            + "see --help. The run goes on without it.", Assert.Single(run.Errors));
        Assert.Contains("1 target: 1 ran, 0 cached", run.Output, StringComparison.Ordinal);
    }

    [NginxFact]
    public async Task Should_TakeOverHttps_When_TheCertificateIsTrusted()
    {
        using Nginx nginx = await Nginx.StartAsync(secure: true);
        using HostFolder first = HostFolder.Create();
        using HostFolder second = HostFolder.Create();
        Task<HostRun> Run(HostFolder folder, string certificates) => HostFolder.FinishAsync(folder.Start(
            HostFolder.WithDefaults(["--target=world", "--cache=" + nginx.Url]),
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificates, ["SSL_CERT_DIR"] = first.PathOf("none") }));

        Assert.Empty((await Run(first, nginx.Certificate)).Expect(ExitCode.Done).Error);
        Assert.StartsWith(
            $"warning: The shared cache {nginx.Url} cannot be used: ", Assert.Single((await Run(second, "/dev/null")).Expect(ExitCode.Done).Errors),
            StringComparison.Ordinal);
        Directory.Delete(second.Store, recursive: true);
        HostRun took = (await Run(second, nginx.Certificate)).Expect(ExitCode.Done);
        Assert.Empty(took.Error);
        Assert.Matches(@"targets: 0 ran, \d+ cached", took.Output);
    }

    [Fact]
    public async Task Should_WarnOnceAndRun_When_TheCacheIsAway()
    {
        using HostFolder folder = HostFolder.Create();
        HostRun run = (await folder.RunAsync("--target=world/pool", "--cache=http://127.0.0.1:9/")).Expect(ExitCode.Done);
        Assert.StartsWith(
            "warning: The shared cache http://127.0.0.1:9/ cannot be used: Connection refused", Assert.Single(run.Errors), StringComparison.Ordinal);

        HostRun doctor = (await folder.RunAsync("--target=Doctor", "--cache=" + folder.PathOf("nowhere"))).Expect(ExitCode.TargetFailed);
        Assert.Contains("broken: The shared cache ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("nowhere: NOT reachable", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ShareAFolder_When_ItIsNamed()
    {
        using HostFolder first = HostFolder.Create();
        using HostFolder second = HostFolder.Create();
        string cache = "--cache=" + Directory.CreateDirectory(first.PathOf("shared ü")).FullName;
        (await first.RunAsync("--target=world", cache)).Expect(ExitCode.Done);
        HostRun run = (await second.RunAsync("--target=world", cache)).Expect(ExitCode.Done);
        Assert.Matches(@"targets: 0 ran, \d+ cached", run.Output);
        Assert.Empty(run.Error);
    }

    private static Task<HostRun> RunAsync(HostFolder folder, params string[] arguments) =>
        HostFolder.FinishAsync(folder.Start(HostFolder.WithDefaults(arguments), Credentials));
}
