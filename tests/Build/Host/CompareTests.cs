using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>Compare, and the exports that it reads back.</summary>
[Collection(HostFixture.Name)]
public sealed class CompareTests(HostFixture host)
{
    private const string Small = "Tiny/Random/8/System2";
    private const string Large = "Tiny/Random/16/System2";

    [Fact]
    public async Task Should_NeedNothingElse_When_FilesAreCompared()
    {
        using HostFolder empty = HostFolder.Create();
        Directory.Delete(empty.PathOf("experiments"), recursive: true);
        empty.Write("a.csv", "id,right\n" + Rows(i => i % 2));
        empty.Write("b/samples_sums_2026-08-21T19-56-54.1.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i =>
            $$$"""{"doc_id": {{{i}}}, "doc": {"id": "q{{{i}}}"}, "target": "1", "resps": [["1"]], "filtered_resps": ["1"], "filter": "none", "metrics": ["acc"], "acc": {{{(i % 4 == 3 ? 0 : 1)}}}}""" + "\n")));

        HostRun run = (await empty.RunBareAsync("--target=Compare", empty.PathOf("a.csv"), empty.PathOf("b"), "--map=id=id,correct=right", "--count=1"))
            .Expect(ExitCode.Done);

        Assert.Equal(
            """
            note: Each run has one benchmark, which they call differently: all questions (a.csv), sums (b).
            all questions: 40 questions
              a.csv: 50.00 % (35.20 to 64.80), graded by right
              b: 75.00 % (59.81 to 85.81), graded by acc
            """.ReplaceLineEndings("\n"),
            string.Join('\n', run.Output.Split('\n').Take(4)));
        Assert.Contains("  b - a.csv: +25.00 points (", run.Output, StringComparison.Ordinal);
        Assert.Contains("    20 questions better, 10 worse; 1 of them:\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["a.csv", "b"], Directory.GetFileSystemEntries(empty.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_PrintWhatThePageSays_When_ItsExampleIsRun()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(HostFolder.Repository, "docs", "comparing.md"));
        string[] command = Regex.Match(page, @"\./build\.sh (--target=Compare docs/.*)").Groups[1].Value.Split(' ');
        Assert.True(command.Length > 3);

        string[] arguments = [.. command.Select(word => word.StartsWith("docs/", StringComparison.Ordinal) ? Path.Combine(HostFolder.Repository, word) : word)];
        HostRun run = (await host.Folder.RunBareAsync(arguments)).Expect(ExitCode.Done);

        Assert.Contains("```\n" + run.Output + "```\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_HaveTheTablesNumbers_When_CellsAreCompared()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Compare", Small, Large, "--format=csv")).Expect(ExitCode.Done);

        string[][] table =
            [.. host.Folder.Read("results/tiny/Tiny.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
        string[][] rows = Csv(run.Output);
        Assert.Equal(4, rows.Length);
        foreach (string[] row in rows)
        {
            string[] cell = Assert.Single(table, line => "Tiny/" + line[0] == row[1] && line[4] == row[0]);
            Assert.Equal((cell[7], cell[5]), (row[6], row[4]));
            Assert.Equal(Decimal(cell[16]), Decimal(row[10]));
        }
    }

    [Fact]
    public async Task Should_QuoteTheTablesTest_When_WholeCellsOfATableAreCompared()
    {
        using HostFolder folder = host.Copy();
        folder.Edit("experiments/profiles/tiny.yaml", "replicates: [1]", "replicates: [1, 2]");
        (await folder.RunAsync("--target=Verify", "Tiny", "--accept", "--reason=two replicates")).Expect(ExitCode.Done);
        string[][] lines = [.. folder.Read("results/tiny/Tiny.csv").Split('\n').Select(line => line.Split(','))];
        decimal[] means = [.. new[] { Large, Small }.Select(cell => Decimal(lines.Single(line => "Tiny/" + line[0] == cell && line[4] == "Hard")[7]))];
        string difference = (100 * (means[0] - means[1])).ToString("+0.0;-0.0;+0.0", CultureInfo.InvariantCulture);

        HostRun locked = (await folder.RunAsync("--target=Compare", Small, Large)).Expect(ExitCode.Done);
        HostRun oneSeed = (await folder.RunAsync("--target=Compare", Small + "/seed1", Large)).Expect(ExitCode.Done);
        string edited = folder.Read("results/tiny/Tiny.lock.json");
        folder.Write("results/tiny/Tiny.lock.json", Regex.Replace(edited, "(\"grades\": \\[\\s*\")[0-9a-f]{8}", "${1}00000000"));
        HostRun others = (await folder.RunAsync("--target=Compare", Small, Large)).Expect(ExitCode.Done);

        Assert.Contains(
            $"Tiny, which takes all seeds and pools the noise over its students, says {difference} points", locked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", locked.Output, StringComparison.Ordinal);
        Assert.Contains("seed 1 is compared, which all the cells have; seed 2 is left out.", oneSeed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pools the noise", oneSeed.Output, StringComparison.Ordinal);
        Assert.Contains("but has no locked test of these answers.", others.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("says", others.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect", "*.eval", 2)]
    [InlineData("lm-eval", "samples_*.jsonl", 2)]
    public async Task Should_BeTheCell_When_AnExportIsReadBack(string format, string pattern, int files)
    {
        using HostFolder folder = host.Copy();
        string to = folder.PathOf("out/one"), again = folder.PathOf("out/two");
        foreach (string place in (string[])[to, again])
        {
            (await folder.RunAsync("--target=Export", Small, "--to=" + place, "--format=" + format)).Expect(ExitCode.Done);
        }

        string[] written =
            [.. Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(to, path)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, Directory.EnumerateFiles(to, pattern, SearchOption.AllDirectories).Count());
        Assert.All(written, path => Assert.Equal(ContentHash.OfFile(Path.Combine(to, path)), ContentHash.OfFile(Path.Combine(again, path))));

        HostRun run = (await folder.RunAsync("--target=Compare", Small, to, "--format=csv")).Expect(ExitCode.Done);
        string[][] rows = Csv(run.Output);
        Assert.Equal(["Free", "Free", "Hard", "Hard"], rows.Select(row => row[0]));
        foreach (string[][] pair in rows.Chunk(2))
        {
            Assert.Equal(pair[0][4..10], pair[1][4..10]);
            Assert.Equal("no test: every score is the same", pair[1][^1]);
            Assert.Equal(format == "inspect" ? pair[0][10] : "", pair[1][10]);
        }

        // Against another cell it gives what the cell itself gives.
        string[] byExport =
        [
            .. Csv((await folder.RunAsync("--target=Compare", Large, to, "--format=csv")).Expect(ExitCode.Done).Output)
                .Select(row => string.Join(',', row[12..16])),
        ];
        string[] byCell =
        [
            .. Csv((await folder.RunAsync("--target=Compare", Large, Small, "--format=csv")).Expect(ExitCode.Done).Output)
                .Select(row => string.Join(',', row[12..16])),
        ];
        Assert.Equal(byCell, byExport);
    }

    [Fact]
    public async Task Should_HaveTheDocumentedEntries_When_ALogIsOpened()
    {
        using HostFolder folder = host.Copy();
        (await folder.RunAsync("--target=Export", Small, "--to=" + folder.PathOf("out"), "--format=inspect")).Expect(ExitCode.Done);
        string path = Directory.GetFiles(folder.PathOf("out"), "*_Hard_*.eval").Single();
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\+00-00_Hard_[0-9a-f]{22}\.eval$", Path.GetFileName(path));
        using ZipArchive zip = ZipFile.OpenRead(path);
        string[] entries = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.Equal(
            ["_journal/start.json", "_journal/summaries/1.json", "header.json", "reductions.json", "summaries.json"],
            entries.Where(entry => !entry.StartsWith("samples/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        JsonObject header = Json(zip, "header.json").AsObject();
        Assert.Equal(
            (2, "success", "Hard", "Tiny/Random/8/System2/seed1"),
            ((int)header["version"]!, (string)header["status"]!, (string)header["eval"]!["task"]!, (string)header["eval"]!["model"]!));
        int questions = (int)header["eval"]!["dataset"]!["samples"]!;
        Assert.Equal(questions, entries.Count(entry => entry.StartsWith("samples/", StringComparison.Ordinal)));
        Assert.Equal(questions, Json(zip, "summaries.json").AsArray().Count);
        JsonNode score = header["results"]!["scores"]![0]!;
        string table = host.Folder.Read("results/tiny/Tiny.csv").Split('\n')
            .Single(line => line.StartsWith("Random/8/System2,", StringComparison.Ordinal) && line.Contains(",Hard,", StringComparison.Ordinal));
        Assert.Equal(Decimal(table.Split(',')[7]), Math.Round((decimal)(double)score["metrics"]!["accuracy"]!["value"]!, 6));
        JsonObject sample = Json(zip, entries.First(entry => entry.StartsWith("samples/", StringComparison.Ordinal))).AsObject();
        Assert.Contains((string)sample["scores"]![(string)score["name"]!]!["value"]!, (string[])["C", "I", "N"]);
        Assert.Equal((string)sample["output"]!["completion"]!, (string)sample["messages"]![1]!["content"]!);
    }

    [Fact]
    public async Task Should_NameWhatIsMissing_When_RunsCannotBeRead()
    {
        using HostFolder folder = HostFolder.Create();
        HostRun run = (await folder.RunAsync("--target=Compare", Small, "Tiny/Random/9/System2", "./nothing.eval", folder.PathOf("experiments")))
            .Expect(ExitCode.Usage);
        Assert.Empty(run.Output);
        Assert.Equal(4, run.Errors.Length);
        Assert.Contains(
            run.Errors,
            line =>
                line.Contains(
                    $"'{Small}' is no file or folder, and as a cell: The answers of '{Small}' are not in this store. "
                    + $"--target={Small} --profile=tiny makes them", StringComparison.Ordinal));
        Assert.Contains(
            run.Errors,
            line => line.Contains("There is no cell 'Tiny/Random/9/System2' in the profile 'tiny'. Did you mean 'Tiny/Random/", StringComparison.Ordinal));
        Assert.Contains("error: Compare: There is no file or folder './nothing.eval'. Check the path; it counts from the folder that you are in.", run.Errors);
        Assert.Contains(run.Errors, line => line.Contains("The folder has no file of a known format", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "Compare: Compare takes two runs or more. Write --target=Compare A B: files or folders of runs, or cells such as Table1/Random/1000/System2.",
        "--target=Compare", "a")]
    [InlineData(
        "command line: --common goes with --target=Compare only. Leave it out, or write --target=Compare A B [C ...] --common.", "--target=Show",
        "Tiny/base", "--common")]
    [InlineData("command line: --count goes with --target=Audit and --target=Compare only. Leave it out.", "--target=Show", "Tiny/base", "--count=3")]
    [InlineData(
        "command line: --benchmark goes with --target=Compare only. Leave it out, or write --target=Compare A B [C ...] --benchmark=NAMES.", "--target=Show",
        "Tiny/base", "--benchmark=Hard")]
    [InlineData(
        "command line: --benchmark names no benchmark. Write --benchmark=NAME, several separated by commas.", "--target=Compare", "a", "b", "--benchmark=,")]
    [InlineData("command line: --match cannot be 'txt'. Did you mean 'text'?", "--target=Compare", "a", "b", "--match=txt")]
    [InlineData(
        "command line: Compare does not write the format 'dataset'. Write one of text, markdown, csv, flips, html.", "--target=Compare", "a", "b",
        "--format=dataset")]
    [InlineData("--map: A field map has no 'corect'. Did you mean 'correct'?", "--target=Compare", "a", "b", "--map=corect=x")]
    [InlineData(
        "Export: 'Tiny' is not a cell. Name a cell or a seed of one, such as Table1/Random/1000/System2/seed1; --description lists the cells.",
        "--target=Export", "Tiny", "--to=x", "--format=inspect")]
    public async Task Should_SayWhatToDo_When_TheCommandLineIsWrong(string message, params string[] arguments) =>
        Assert.Equal(["error: " + message], (await host.Folder.RunAsync(arguments)).Expect(ExitCode.Usage).Errors);

    private static string Rows(Func<int, int> right) => string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"q{i},{right(i)}\n")));

    // The one field with a comma is a metric's name in quotes.
    private static string[][] Csv(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => Regex.Replace(line, "\"[^\"]*\"", field => field.Value.Replace(',', ' ')).Split(','))];

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static JsonNode Json(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        return JsonNode.Parse(stream)!;
    }
}
