using System.IO.Compression;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>The report of a profile, out of a store and its results; what the page does is tested in a browser (tests/Pages).</summary>
[Collection(HostFixture.Name)]
public sealed class ReportTests(HostFixture fixture)
{
    [Fact]
    public async Task Should_TellTheTableAndItsAnswers_When_TheTableWasMade()
    {
        using HostFolder folder = fixture.Copy();
        HostRun run = (await folder.RunAsync("--target=Report")).Expect(ExitCode.Done);

        Assert.Contains(folder.PathOf(".cache/report/tiny/index.html"), run.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 table, ", run.Output, StringComparison.Ordinal);
        string targets = Unpacked(folder.Read(".cache/report/tiny/data/targets.js"));
        Assert.DoesNotContain("[\"missing\",", targets, StringComparison.Ordinal);
        Assert.Contains("\"states\":[[\"cached\",", targets, StringComparison.Ordinal);
        string table = folder.Read(".cache/report/tiny/data/tables/Tiny.js");
        Assert.DoesNotContain("\"answers\":null", table, StringComparison.Ordinal);
        Assert.Contains("\"extracted\"", folder.Read(".cache/report/tiny/assets/views.js"), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder.PathOf(".cache/report/tiny/data/answers")));
        Assert.True(File.Exists(folder.PathOf(".cache/report/tiny/figures/tables/Tiny/sizes.svg")));

        // Again, in place of the first, and elsewhere: the same bytes, except for what tells of the store.
        string digests = folder.Read(".cache/report/tiny/Report.sha256");
        (await folder.RunAsync("--target=Report")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Report", "--to=" + folder.PathOf("here"))).Expect(ExitCode.Done);
        Assert.Equal(digests, folder.Read(".cache/report/tiny/Report.sha256"));
        Assert.Equal(digests, folder.Read("here/Report.sha256"));
        HostRun refused = (await folder.RunAsync("--target=Report", "--to=" + folder.PathOf("here"))).Expect(ExitCode.Usage);
        Assert.Contains("is there already", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayWhatIsMissing_When_TheStoreIsEmpty()
    {
        using HostFolder folder = fixture.Copy();
        Directory.Delete(folder.Store, recursive: true);
        (await folder.RunAsync("--target=Report")).Expect(ExitCode.Done);

        Assert.Contains(
            "this store has none. ./build.sh --target=Tiny --profile=tiny makes them.", folder.Read(".cache/report/tiny/data/tables/Tiny.js"),
            StringComparison.Ordinal);
        Assert.Contains("Tiny/Random", folder.Read(".cache/report/tiny/index.html"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.PathOf(".cache/report/tiny/data/answers")));
        Directory.Delete(folder.PathOf("results"), recursive: true);
        (await folder.RunAsync("--target=Report")).Expect(ExitCode.Done);
        Assert.Contains("has no locked table yet", folder.Read(".cache/report/tiny/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ShowNoAnswers_When_TheyAreNotTheLockedOnes()
    {
        using HostFolder folder = fixture.Copy();
        string grade = System.Text.RegularExpressions.Regex.Match(
            folder.Read("results/tiny/Tiny.lock.json"), "\"grades\": \\[\\s*\"([0-9a-f]{64})\"").Groups[1].Value;
        folder.Edit("results/tiny/Tiny.lock.json", grade, new string('0', 64));
        (await folder.RunAsync("--target=Report")).Expect(ExitCode.Done);

        Assert.Contains("those of this store are not the locked ones", folder.Read(".cache/report/tiny/data/tables/Tiny.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_HoldWhatTheReportSays_When_ItsDigestsAreAccepted()
    {
        using HostFolder folder = fixture.Copy();
        HostRun none = (await folder.RunAsync("--target=Verify", "Report")).Expect(ExitCode.LockBroken);
        Assert.Contains("there is no lock results/tiny/Report.sha256", none.Error, StringComparison.Ordinal);
        (await folder.RunAsync("--target=Verify", "Report", "--accept", "--reason=first\nreport")).Expect(ExitCode.Done);
        Assert.Matches("^# \\d{4}-\\d{2}-\\d{2} first report\n[0-9a-f]{64}  data/", folder.Read("results/tiny/Report.sha256"));
        HostRun holds = (await folder.RunAsync("--target=Verify", "Tiny", "Report")).Expect(ExitCode.Done);
        Assert.Contains("Report: the lock holds", holds.Output, StringComparison.Ordinal);

        // A report of some tables would have the answers of these alone.
        HostRun cell = (await folder.RunAsync("--target=Verify", "Tiny/Random/8/System2", "Report")).Expect(ExitCode.Done);
        Assert.Contains("\nTiny: the lock holds", "\n" + cell.Output, StringComparison.Ordinal);
        Assert.Contains("Report: the lock holds", cell.Output, StringComparison.Ordinal);

        // The reason is the report's: no table that only it needs is accepted for it.
        string locked = folder.Read("results/tiny/Tiny.lock.json");
        folder.Write("results/tiny/Tiny.lock.json", locked.Replace("\"mean\": \"0.", "\"mean\": \"1.", StringComparison.Ordinal));
        string moved = folder.Read("results/tiny/Tiny.lock.json");
        HostRun other = (await folder.RunAsync("--target=Verify", "Report", "--accept", "--reason=other")).Expect(ExitCode.LockBroken);
        Assert.DoesNotContain("accepted;", other.Output, StringComparison.Ordinal);
        Assert.Equal(moved, folder.Read("results/tiny/Tiny.lock.json"));
        folder.Write("results/tiny/Tiny.lock.json", locked);

        string text = folder.Read("results/tiny/Report.sha256");
        int line = text.IndexOf("data/tables/Tiny.js", StringComparison.Ordinal);
        folder.Write("results/tiny/Report.sha256", text[..(line - 66)] + new string('0', 64) + text[(line - 2)..]);
        HostRun broken = (await folder.RunAsync("--target=Verify", "Report")).Expect(ExitCode.LockBroken);
        Assert.Contains(
            "1 of its files are not those of results/tiny/Report.sha256, first data/tables/Tiny.js has other bytes", broken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--tree")]
    [InlineData("--cache=/tmp")]
    [InlineData("--executor=slurm")]
    [InlineData("--max-calls=1")]
    [InlineData("Table1")]
    public async Task Should_Refuse_When_ASwitchWouldBeIgnored(string argument)
    {
        using HostFolder folder = HostFolder.Create();

        HostRun run = (await folder.RunAsync("--target=Report", argument)).Expect(ExitCode.Usage);

        Assert.NotEmpty(run.Errors);
        Assert.False(Directory.Exists(folder.PathOf(".cache/report")));
    }

    private static string Unpacked(string script)
    {
        using GZipStream zip = new(new MemoryStream(Convert.FromBase64String(script.Split('"')[3])), CompressionMode.Decompress);
        using StreamReader reader = new(zip);
        return reader.ReadToEnd();
    }
}
