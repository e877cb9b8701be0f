using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Build.Verbs;

namespace NaturalThoughts.Build.Tests.Baselines;

/// <summary>Benchmarks whose commands print what they are told, held to their bounds.</summary>
public sealed class BenchVerbTests
{
    private const string Peer = """{"value": "speed", "here": 2, "unit": "MB/s", "peer": "cp 9.1", "there": 1, "ratio": RATIO}""";
    private const string Missing = "The value 'time' was not printed. Print it, or take it out of bench/baselines.yaml.";
    private const string Again = "Measure again on a quiet machine; a bound that is wrong is changed in bench/baselines.yaml.";
    private const string Alone = """{"value": "time", "here": NUMBER, "unit": "s"}""";

    [Fact]
    public async Task Should_PrintATable_When_EveryBoundHolds()
    {
        (string[] lines, string[] errors) = await RunAsync($"echo at work; echo '{Ratio("0.8")}'; echo hm >&2; echo '{Number("1.5")}'");

        Assert.Empty(errors);
        Assert.Equal("-- it: bash bench/it.sh", lines[0]);
        Assert.Equal(["at work", "hm", Ratio("0.8"), Number("1.5")], lines[1..5].Order(StringComparer.Ordinal).OrderBy(line => line[0] == '{'));
        Assert.Equal(
            [
                "| benchmark | value | here | peer | ratio | bound | verdict |",
                "| --- | --- | --- | --- | --- | --- | --- |",
                "| it | speed | 2 MB/s | cp 9.1: 1 MB/s | 0.8 | 0.8 to 2 | ok |",
                "| it | time | 1.5 s |  |  | to 1.5 s | ok |",
            ],
            lines[5..]);
    }

    [Theory]
    [InlineData("0.79", "1", "The value 'speed' has a ratio of 0.79 to cp 9.1, below its least, 0.8 (measured 2026-11-23).")]
    [InlineData("2.01", "1", "The value 'speed' has a ratio of 2.01 to cp 9.1, above its most, 2 (measured 2026-11-23).")]
    [InlineData("1", "1.51", "The value 'time' is 1.51 s, above its most, 1.5 s (measured 2026-11-24).")]
    public async Task Should_NameIt_When_AValueCrossesItsBound(string ratio, string number, string message)
    {
        (string[] lines, string[] errors) = await RunAsync($"echo '{Ratio(ratio)}'; echo '{Number(number)}'");

        Assert.Equal([$"it: {message} {Again}"], errors);
        Assert.Equal(1, lines.Count(line => line.EndsWith("| crossed |", StringComparison.Ordinal)));
        Assert.Equal(1, lines.Count(line => line.EndsWith("| ok |", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", Missing)]
    [InlineData("""{"value": "tiem", "here": 1, "unit": "s"}""", "The value 'tiem' has no bound in bench/baselines.yaml. Did you mean 'time'?", Missing)]
    [InlineData("""{"value": "time", "here": 1, "unit": "ms"}""", "The value 'time' is printed in ms, and its bound is in s. " + Again)]
    [InlineData(
        """{"value": "time", "here": 1, "unit": "s"}'; echo '{"value": "time", "here": 1, "unit": "s"}""",
        "The value 'time' was printed twice. Give each value a name of its own.")]
    [InlineData("""{"value": "time", "here": 1, "unit": "s"}'; exit 7; echo '""", "It ended with exit code 7. What it printed says why; it needs cp.")]
    [InlineData("'; exit 7; echo '", "It ended with exit code 7. What it printed says why; it needs cp.")]
    public async Task Should_SayWhy_When_WhatIsPrintedDoesNotFit(string line, params string[] messages)
    {
        (_, string[] errors) = await RunAsync($"echo '{Ratio("1")}'; echo '{line}'");

        Assert.Equal(messages.Select(message => "it: " + message), errors);
    }

    [Theory]
    [InlineData("""{"value": "time", "here": "1", "unit": "s"}""")]
    [InlineData("""{"value": "time", "here": 1}""")]
    [InlineData("""{"value": "time", "here": 1, "unit": null}""")]
    [InlineData("""{"value": "time", "here": 1, "unit": "s", "more": 1}""")]
    [InlineData("""{"value": "time", "here": 1, "unit": "s", "peer": "cp"}""")]
    [InlineData("""{"value": "time", "here": NaN, "unit": "s"}""")]
    [InlineData("""{"value": "time", "here": 1, "unit": "s" """)]
    public async Task Should_QuoteTheLine_When_ItIsNotAValue(string line)
    {
        (_, string[] errors) = await RunAsync($"echo '{Ratio("1")}'; echo '{line}'; echo '{Number("1")}'");

        Assert.StartsWith($"it: The line '{line}' is not a measured value: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_RunAll_When_OneOfSeveralFails()
    {
        using BenchFolder folder = new("""
            bad: {about: fails, command: exit 3, takes: a moment}
            good: {about: passes, command: echo fine, takes: a moment}
            other: {about: is not asked for, command: echo no, takes: a moment}
            """);
        (string[] lines, string[] errors) = await folder.RunAsync("bad", "good", "bad");

        Assert.Equal(["bad: It ended with exit code 3. What it printed says why."], errors);
        Assert.Equal(
            ["-- bad: exit 3", "-- good: echo fine", "fine", "| bad |  |  |  |  |  | failed |", "| good |  |  |  |  |  | ok |"],
            lines.Where(line => !line.StartsWith("| benchmark", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Should_RunNothing_When_ANameIsWrong()
    {
        using BenchFolder folder = new("noop: {about: fails, command: exit 3, takes: a moment}\nfiles: {about: fails, command: exit 3, takes: a moment}");
        (string[] lines, string[] errors) = await folder.RunAsync("files", "nop", "what");

        Assert.Empty(lines);
        Assert.Equal(
            ["Bench: There is no benchmark 'nop'. Did you mean 'noop'?", "Bench: There is no benchmark 'what'. Known: files, noop."], errors);
    }

    [Fact]
    public async Task Should_ListThem_When_NoneIsNamed()
    {
        using BenchFolder folder = new("""
            one: {about: how fast, command: "true", takes: 1 minute, needs: cp, values: {time: {unit: s, max: 1, measured: 2026-11-23}}}
            other: {about: whether, command: "true", takes: 2 minutes}
            """);
        (string[] lines, string[] errors) = await folder.RunAsync();

        Assert.Empty(errors);
        Assert.Equal(["one    how fast (1 value; 1 minute; needs cp)", "other  whether (passes or fails; 2 minutes)"], lines);
    }

    [Fact]
    public async Task Should_EndWhatItStarted_When_ItIsInterrupted()
    {
        // A script that removes its folders when it is asked to end, and what it waits for, which has no such manners.
        using BenchFolder folder = new("it: {about: waits, command: bash bench/it.sh, takes: forever}");
        File.WriteAllText(Path.Combine(folder.Root, "bench", "it.sh"), "trap 'touch cleaned; exit 130' TERM\necho begun\nsleep 100000\n");
        using CancellationTokenSource stop = new();
        using Looked output = new(line =>
        {
            if (line == "begun")
            {
                stop.Cancel();
            }
        });
        Command command = new(Invocation.Parse(["--target=Bench", "it"]), output, TextWriter.Null, stop.Token)
        {
            Workspace = new Workspace(folder.Root, Path.Combine(folder.Root, "store")),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BenchVerb.RunAsync(command));
        Assert.True(File.Exists(Path.Combine(folder.Root, "cleaned")));
    }

    private static string Ratio(string ratio) => Peer.Replace("RATIO", ratio, StringComparison.Ordinal);

    private static string Number(string number) => Alone.Replace("NUMBER", number, StringComparison.Ordinal);

    private static async Task<(string[] Lines, string[] Errors)> RunAsync(string script)
    {
        using BenchFolder folder = new("""
            it:
              about: it is tested
              command: bash bench/it.sh
              takes: a moment
              needs: cp
              values:
                speed: {peer: cp, min: 0.8, max: 2, measured: 2026-11-23}
                time: {unit: s, max: 1.5, measured: 2026-11-24}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "bench", "it.sh"), script + "\n");
        return await folder.RunAsync("it");
    }

    // Calls for each line that is written.
    private sealed class Looked(Action<string?> onLine) : StringWriter
    {
        public override void WriteLine(string? value) => onLine(value);
    }
}
