using System.Text.RegularExpressions;
using NaturalThoughts.Build.Baselines;
using NaturalThoughts.Build.Tests.Host;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Baselines;

public sealed class BenchFileTests
{
    // Scripts that others source.
    private static readonly string[] Parts = ["bench/common.sh", "bench/edits.sh", "bench/measured.sh"];

    private static readonly IReadOnlyList<Bench> Benches = BenchFile.Read(HostFolder.Repository);

    [Fact]
    public void Should_ReadAll_When_TheFileIsRight()
    {
        using BenchFolder folder = new("""
            fast:
              about: how fast it is
              command: bench/fast.sh 3
              takes: 1 minute
              needs: a quiet machine
              values:
                beside: {peer: cp, min: 0.8, max: 2, measured: 2026-11-23}
                alone: {unit: s, max: 1.5, measured: 2026-11-24}
            check: {about: whether it holds, command: "true", takes: a second}
            """);
        IReadOnlyList<Bench> benches = BenchFile.Read(folder.Root);

        Assert.Equal(["fast", "check"], benches.Select(bench => bench.Name));
        Assert.Equal(("how fast it is", "bench/fast.sh 3", "1 minute", "a quiet machine"),
            (benches[0].About, benches[0].Command, benches[0].Takes, benches[0].Needs));
        Assert.Equal(
            [
                new Bound("beside", "cp", null, 0.8, 2, new DateOnly(2026, 11, 23)),
                new Bound("alone", null, "s", null, 1.5, new DateOnly(2026, 11, 24)),
            ],
            benches[0].Bounds);
        Assert.Null(benches[1].Needs);
        Assert.Empty(benches[1].Bounds);
    }

    [Fact]
    public void Should_NameEachPlace_When_TheFileIsWrong()
    {
        using BenchFolder folder = new("""
            fast:
              abuot: how fast it is
              command: bench/fast.sh
              takes: 1 minute
              values:
                one: {max: 1, measured: 2026-11-23}
                two: {peer: cp, unit: s, max: 1, measured: 2026-11-23}
                three: {unit: s, measured: 2026-11-23}
                four: {unit: s, min: 2, max: 1, measured: 2026-11-23}
                five: {unit: s, max: quick, measured: 23.11.2026}
                six: {unit: s, max: 1}
                seven: 1
            other: nothing
            """);

        Assert.Equal(
            [
                "bench/baselines.yaml:2:3: The key 'about' is missing in the benchmark 'fast'. Add 'about:'.",
                "bench/baselines.yaml:2:3: There is no key 'abuot' in the benchmark 'fast'. Did you mean 'about'?",
                "bench/baselines.yaml:6:10: The value 'one' has neither 'peer' nor 'unit'. "
                    + "Give 'peer' where the bound is of the ratio, or 'unit' where it is of the value itself.",
                "bench/baselines.yaml:7:10: The value 'two' has both 'peer' and 'unit'. "
                    + "Give 'peer' where the bound is of the ratio, or 'unit' where it is of the value itself.",
                "bench/baselines.yaml:8:12: The value 'three' has no bound. Give 'min', 'max' or both.",
                "bench/baselines.yaml:9:34: 'max' is less than 'min'. Exchange them.",
                "bench/baselines.yaml:10:26: 'max' must be a finite number, not 'quick'. Give a number from 0, such as 0.5 or 1e-3.",
                "bench/baselines.yaml:10:43: 'measured' is '23.11.2026', which is not a day. Write it as 2026-11-23.",
                "bench/baselines.yaml:11:10: The key 'measured' is missing in the value 'six'. Add 'measured:'.",
                "bench/baselines.yaml:12:12: 'seven' must be a map of keys, not '1'. Write its keys indented below it.",
                "bench/baselines.yaml:13:8: 'other' must be a map of keys, not 'nothing'. Write its keys indented below it.",
            ],
            Assert.Throws<UserErrorException>(() => BenchFile.Read(folder.Root)).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Should_SayWhereItRuns_When_ThereIsNoFile()
    {
        using BenchFolder folder = new(null);

        Assert.Equal(
            $"Bench: There is no file bench/baselines.yaml at '{folder.Root}'. Benchmarks run in a checkout of the sources.",
            Assert.Single(Assert.Throws<UserErrorException>(() => BenchFile.Read(folder.Root)).Errors).ToString());
    }

    [Fact]
    public void Should_BeThere_When_ACommandNamesAPath() =>
        Assert.Empty(Benches.SelectMany(bench => Named(bench.Command).DefaultIfEmpty("a path below bench/")
            .Where(path => !Path.Exists(Path.Combine(HostFolder.Repository, path)))
            .Select(path => $"{bench.Name}: {path}")));

    /// <summary>Each script is the command of a benchmark, and each project is named by a command or by a script that is one.</summary>
    [Fact]
    public void Should_BeABenchmark_When_AScriptOrProjectIsInTheFolder()
    {
        string root = HostFolder.Repository;
        string[] scripts = [.. Directory.EnumerateFiles(Path.Combine(root, "bench"), "*.sh", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path)).Where(path => !path.Contains("/bin/", StringComparison.Ordinal)).Except(Parts)];
        string[] projects = [.. Directory.EnumerateFiles(Path.Combine(root, "bench"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, Path.GetDirectoryName(path)!))];
        string[] commands = [.. Benches.Select(bench => bench.Command)];
        string[] started = [.. commands, .. scripts.Select(path => File.ReadAllText(Path.Combine(root, path)))];

        Assert.Contains("bench/speed/noop.sh", scripts);
        Assert.Contains("bench/Files", projects);
        Assert.Empty(scripts.Except(commands.SelectMany(Named)));
        Assert.All(projects, path => Assert.Contains(started, text => Regex.IsMatch(text, $@"/{Path.GetFileName(path)}\b")));
    }

    [Fact]
    public void Should_BeAProgram_When_ACommandIsAScript()
    {
        string[] scripts = [.. Benches.SelectMany(bench => Named(bench.Command)).Where(path => path.EndsWith(".sh", StringComparison.Ordinal))];

        Assert.NotEmpty(scripts);
        foreach (string script in scripts)
        {
            string path = Path.Combine(HostFolder.Repository, script);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute), script);
        }
    }

    private static IEnumerable<string> Named(string command) =>
        Regex.Matches(command, @"\b(?:bench|tests|results)/[\w./-]+", RegexOptions.CultureInvariant).Select(match => match.Value);
}
