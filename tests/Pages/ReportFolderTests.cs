using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pages.Figures;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Pages.Tests;

public sealed class ReportFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt-pages");
    private readonly ReportFixture _report = new();

    public static TheoryData<string> Profiles =>
        [.. new DirectoryInfo(Path.GetDirectoryName(ReportFixture.Results("smoke"))!).EnumerateDirectories().Select(folder => folder.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Should_WriteALightReport_When_ThereAreCommittedResultsAndNoStore(string profile)
    {
        ReportTable[] tables =
        [
            .. Directory.GetFiles(ReportFixture.Results(profile), "*.lock.json").Order(StringComparer.Ordinal)
                .Select(path => ReportTable.Read(ReportFixture.Results(profile), Path.GetFileName(path)[..^".lock.json".Length])),
        ];
        Assert.NotEmpty(tables);

        Dictionary<string, byte[]> files = Write(new ReportSource(profile, tables, []), profile);

        Assert.True(files.Values.Sum(bytes => bytes.Length) < 5_000_000, $"{tables.Length} tables take {files.Values.Sum(bytes => bytes.Length)} bytes.");
        string page = Encoding.UTF8.GetString(files["index.html"]);
        foreach (ReportTable table in tables)
        {
            Assert.All(table.Cells, cell => Assert.Contains($"{ReportText.Route("cell", $"{table.Name}/{cell.Address}")}\"", page, StringComparison.Ordinal));
            Assert.NotEmpty(table.Benchmarks);
            Assert.True(table.Pairs.Count > 0 || table.Cells.Count < 2 || table.HasFindings);
        }
    }

    [Fact]
    public void Should_ShowVerdictsAndTestNoPairs_When_ATableIsOfFindings()
    {
        const string Outcomes = "#Hard 2 d\nTable1/base Hard 1 10\nTable1/Random/40/System2 Hard 1 01\n";
        string results = Directory.CreateDirectory(Path.Combine(_folder.FullName, "results")).FullName;
        File.WriteAllText(Path.Combine(results, "Findings.outcomes"), Outcomes);
        File.WriteAllText(Path.Combine(results, "Findings.csv"), "id,verdict\nmore,undecided\n");
        File.WriteAllText(Path.Combine(results, "Findings.md"), "# Findings: t\n\n| finding | verdict |\n| --- | --- |\n| more | undecided <b> |\n");
        File.WriteAllText(Path.Combine(results, "Findings.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"></svg>");
        string Cell(int right) => $$"""{"seeds": [1], "benchmarks": {"Hard": {"n": 2, "right": [{{right}}], "mean": "0.500000", "se": "", "diff": "", "pHolm": "", "tokens": "3.00", "grades": ["a"]} } }""";
        File.WriteAllText(Path.Combine(results, "Findings.lock.json"), $$"""
            {"history": [], "body": {"table": "Findings", "class": "pinned", "csv": "c", "outcomes": "o", "findings": {"more": {"verdict": "undecided"} },
             "cells": {"Table1/base": {{Cell(1)}}, "Table1/Random/40/System2": {{Cell(1)}} } } }
            """);

        ReportTable table = ReportTable.Read(results, "Findings") with { Description = "What was claimed." };
        string page = Encoding.UTF8.GetString(Write(new ReportSource("smoke", [table], []), "findings")["index.html"]);

        Assert.True(table.HasFindings);
        Assert.Empty(table.Pairs);
        Assert.Contains("<a href=\"#/\">Tables</a><a href=\"#/table/Findings\">Findings</a>", page, StringComparison.Ordinal);
        Assert.Contains("<td>undecided &lt;b&gt;</td>", page, StringComparison.Ordinal);
        Assert.Contains("#/cell/Findings/Table1/Random/40/System2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<summary>Findings.md", page, StringComparison.Ordinal);
        Assert.Contains("bars are corrected intervals.", page, StringComparison.Ordinal);
    }

    /// <summary>What two tables have of the same students is in the data once, and with it each table says all that it said.</summary>
    [Fact]
    public void Should_HoldEachStudentOnce_When_TablesHaveThemInCommon()
    {
        ReportTable[] tables = [.. new[] { "Table1", "Findings" }.Select(name => ReportTable.Read(ReportFixture.Results("smoke"), name))];
        Dictionary<string, byte[]> files = Write(new ReportSource("smoke", tables, []), "common");
        JsonArray students = Data("students").AsArray();
        Assert.True(students.Count > 20);
        Assert.Equal(students.Count, students.Select(value => value!.ToJsonString()).Distinct(StringComparer.Ordinal).Count());

        int places = 0;
        foreach (ReportTable table in tables)
        {
            foreach (JsonNode cell in Data("tables/" + table.Name)["cells"]!.AsArray().Select(cell => cell!))
            {
                string address = (string)cell["address"]!;
                foreach ((string benchmark, JsonNode? value) in cell["benchmarks"]!.AsObject())
                {
                    foreach ((JsonNode? outcomes, JsonNode? seed) in value!["outcomes"]!.AsArray().Zip(cell["seeds"]!.AsArray()))
                    {
                        bool isPlace = outcomes?.GetValueKind() == System.Text.Json.JsonValueKind.Number;
                        places += isPlace ? 1 : 0;
                        Assert.Equal(
                            PackedOutcomes.Of(table.Outcomes(address, benchmark, (int)seed!)), (string?)(isPlace ? students[(int)outcomes!] : outcomes));
                    }
                }
            }
        }

        Assert.True(places > 40, $"{places} places.");

        JsonNode Data(string name)
        {
            string script = Encoding.UTF8.GetString(files[$"data/{name}.js"]);
            return JsonNode.Parse(script[(script.IndexOf(',', StringComparison.Ordinal) + 1)..script.LastIndexOf(')')])!;
        }
    }

    /// <summary>The pairs are the table's own comparisons and more: where the table compares, both say the same.</summary>
    [Theory]
    [MemberData(nameof(Profiles))]
    public void Should_SayWhatTheTableSays_When_APairIsOneOfItsComparisons(string profile)
    {
        int compared = 0;
        foreach (string path in Directory.GetFiles(ReportFixture.Results(profile), "*.lock.json"))
        {
            ReportTable table = ReportTable.Read(ReportFixture.Results(profile), Path.GetFileName(path)[..^".lock.json".Length]);
            foreach (TableCell cell in table.Cells.Where(cell => cell.Baseline is not null))
            {
                foreach (string benchmark in table.Benchmarks.Where(benchmark => table.Column(cell.Address, benchmark, "diff").Length > 0))
                {
                    CellPair pair = table.Pairs.Single(pair =>
                        pair.Benchmark == benchmark && new[] { pair.First, pair.Second }.Order().SequenceEqual(new[] { cell.Address, cell.Baseline! }.Order()));
                    double sign = pair.First == cell.Address ? 1 : -1;
                    Assert.Equal(table.Column(cell.Address, benchmark, "diff"), Numbers.Fixed(sign * pair.Difference, 6));
                    Assert.Equal(table.Column(cell.Address, benchmark, "p"), Numbers.P(pair.P));
                    Assert.True(pair.HolmP is null || pair.HolmP >= pair.P);
                    compared++;
                }
            }
        }

        Assert.True(compared > 0 || profile == "recorded");
    }

    [Fact]
    public void Should_GiveTheSameBytes_When_TheCultureIsAnotherOne()
    {
        Dictionary<string, byte[]> one = Write(_report.Source(), "one"), two;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            two = Write(_report.Source(), "two");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(one.Keys.Order(), two.Keys.Order());
        Assert.All(one, file => Assert.Equal(file.Value, two[file.Key]));

        // The digests are those of the files, all that results decide are among them, and what tells of the store is not.
        string[] lines = Encoding.UTF8.GetString(one[ReportFolder.Digests]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            one.Keys.Where(name => name.StartsWith("data/", StringComparison.Ordinal) || name.StartsWith("figures/", StringComparison.Ordinal))
                .Where(name => name is not ("data/targets.js" or "data/trainings.js")).Order(StringComparer.Ordinal),
            lines.Select(line => line[66..]));
        Assert.All(lines, line => Assert.Equal(ContentHash.Of(one[line[66..]]).Hex, line[..64]));
    }

    [Fact]
    public void Should_StayLight_When_ThereAreThousandsOfTargets()
    {
        const int Count = 3000;
        string Digest(int i) => ContentHash.OfText($"{i}").Hex;
        ReportTarget Target(int i) => new($"Table1/Random/1000/System2/seed{i / 4}/grade/Hard{i % 4}", "grade", "cached", "up to date")
        {
            Inputs = i == 0
                ? []
                : [("answers", $"Table1/Random/1000/System2/seed{(i - 1) / 4}/grade/Hard{(i - 1) % 4}", "answers.jsonl"), ("questions", "elsewhere", null)],
            Run = new ReportRun(
                Digest(i), DateTimeOffset.UnixEpoch.AddSeconds(i), TimeSpan.FromSeconds(1), new JsonObject { ["protocol"] = "strict-answer-line/2" })
            {
                Outputs = [("grades.jsonl", Digest(-i), 400_000 + i)],
                Counts = [.. Enumerable.Range(0, 11).Select(k => KeyValuePair.Create($"count{k}", (long)i))],
                Warnings = [],
                Circumstances = new JsonObject { ["os"] = "Debian GNU/Linux 12 (bookworm)", ["runtime"] = ".NET 10.0.12" },
            },
        };

        ReportTarget[] targets = [.. Enumerable.Range(0, Count).Select(Target)];

        int length = Write(new ReportSource("smoke", [], targets), "many")["data/targets.js"].Length;

        Assert.InRange(length, 20 * Count, 60 * Count); // the first 64 bits of key and digest are in it, in base64
    }

    [Fact]
    public void Should_HoldNoText_When_TheBenchmarkIsConfidential()
    {
        Dictionary<string, byte[]> files = Write(_report.Source(confidential: true), "hidden");
        string all = string.Concat(
            files.Where(file => file.Key.Split('/') is ["data", _, _] and not ["data", "tables", _]).Select(file => Encoding.UTF8.GetString(file.Value)));

        Assert.Contains("Hard-7", all, StringComparison.Ordinal);
        Assert.All(new[] { "What is", "Prompt ", "says 42", "owned", "gnp", "Even" }, text => Assert.DoesNotContain(text, all, StringComparison.Ordinal));
        Assert.DoesNotContain(files.Keys, name => name.StartsWith("data/prompts/", StringComparison.Ordinal));
        Assert.Contains(
            "What is",
            Encoding.UTF8.GetString(Write(_report.Source(), "open").First(file => file.Key.StartsWith("data/questions/", StringComparison.Ordinal)).Value),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_WarnOfIt_When_ACommittedFileWasEdited()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "results")).FullName;
        foreach (string path in Directory.GetFiles(ReportFixture.Results("smoke"), "Table1.*"))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        }

        string csv = Path.Combine(folder, "Table1.csv");
        Assert.DoesNotContain("Not to be trusted", Page(), StringComparison.Ordinal);
        File.WriteAllText(csv, Regex.Replace(File.ReadAllText(csv), @"(?m)^(base,,,,Hard,[0-9]+,[0-9]+,)0\.\d", "${1}0.9"));
        Assert.Contains("Not to be trusted: Table1.csv is not the file that was locked", Page(), StringComparison.Ordinal);

        string Page() => Encoding.UTF8.GetString(Write(new ReportSource("smoke", [ReportTable.Read(folder, "Table1")], []), "page")["index.html"]);
    }

    [Theory]
    [InlineData("0000", "4:#")]
    [InlineData("1", "1:$")]
    [InlineData("----", "4:z")]
    [InlineData("00001", "5:#$")]
    [InlineData("", "0:")]
    [InlineData("01x", "01x")]
    [InlineData(null, null)]
    public void Should_TakeAQuarter_When_OutcomesArePacked(string? outcomes, string? packed) => Assert.Equal(packed, PackedOutcomes.Of(outcomes));

    [Fact]
    public void Should_KeepTheScriptWhole_When_TextsWouldEndIt()
    {
        string part = ScriptPart.Write("a", ScriptPart.Texts(["</script>", "\u2028\u2029", "\uD800", "\"'\\", null]));

        Assert.DoesNotContain('<', part);
        Assert.DoesNotContain('\u2028', part);
        Assert.Equal("NT.add(\"a\", [\"\\u003C/script\\u003E\",\"\\u2028\\u2029\",\"\\uFFFD\",\"\\u0022\\u0027\\\\\",null]);\n", part);
    }

    [Theory]
    [InlineData("<script>x</script>", "&lt;script&gt;")]
    [InlineData("[a](javascript:alert(1))", "<a href=\"#/\">a</a>")]
    [InlineData("![a](http://elsewhere/x.png)", "<a href=\"#/\">a</a>")]
    [InlineData("<http://x.org>", "<a href=\"http://x.org\">")]
    [InlineData("# Top", "<h3")]
    [InlineData("|a|\n|-|\n|1 \u0130|", "<td>1 \u0130</td>")]
    public void Should_BeHarmlessHtml_When_ProseIsMarkdown(string markdown, string html) =>
        Assert.Contains(html, ReportText.Markdown(markdown, 2), StringComparison.Ordinal);

    [Fact]
    public void Should_FindTheLongAxes_When_PointsLieOnAnEllipse()
    {
        // In three dimensions: long along the second, shorter along the third, nothing along the first.
        Embedding[] rows = [.. Enumerable.Range(0, 40).Select(i => new Embedding($"{i}", [5f, 10f * ((i % 8) - 3.5f), 2f * ((i % 5) - 2f)]))];

        (IReadOnlyList<(double X, double Y)> points, double first, double second) = Projection.Of(rows);

        Assert.Equal(1, first + second, 9);
        Assert.True(first > 0.9);
        Assert.All(rows.Zip(points), pair => Assert.Equal(pair.First.Vector[1], pair.Second.X, 6));
        Assert.All(rows.Zip(points), pair => Assert.Equal(pair.First.Vector[2], pair.Second.Y, 6));
    }

    [Fact]
    public void Should_StayInThePlane_When_AllVectorsAreEqual()
    {
        (IReadOnlyList<(double X, double Y)> points, double first, double second) = Projection.Of([new Embedding("a", [1, 2]), new Embedding("b", [1, 2])]);

        Assert.All(points, point => Assert.Equal((0, 0), point));
        Assert.Equal((0, 0), (first, second));
    }

    [Fact]
    public void Should_ThinACurve_When_ItHasManySteps()
    {
        string csv = "step,tokens,loss,rate,norm\n" + string.Concat(
            Enumerable.Range(1, 121).Select(i => FormattableString.Invariant($"{i},{i * 10},{(i % 2 == 0 ? 1 : 3)}.0,0,0\n")));

        TrainingCurve curve = TrainingCurve.Read("a", csv)!;

        Assert.InRange(curve.Points.Count, 30, TrainingCurve.MostPoints);
        Assert.Equal(1210, curve.Points[^1].Tokens);
        Assert.Equal(40, curve.Points[0].Tokens);
        Assert.Equal(2.0, curve.Points[0].Loss, 9);
        Assert.Null(TrainingCurve.Read("a", "something,else\n1,2\n"));
        Assert.Null(TrainingCurve.Read("a", ""));
    }

    [Fact]
    public void Should_ReadTheLossOfHeldOutExamples_When_ItWasMeasuredAtSomeSteps()
    {
        TrainingCurve curve = TrainingCurve.Read(
            "a", "step,tokens,loss,learningRate,gradientNorm,heldOutLoss\n1,10,3.0,0,0,\n2,20,2.0,0,0,2.5\n3,30,1.0,0,0,\n4,40,0.5,0,0,2.75\n")!;

        Assert.Equal([(10, 3.0), (20, 2.0), (30, 1.0), (40, 0.5)], curve.Points);
        Assert.Equal([(20, 2.5), (40, 2.75)], curve.HeldOut);
        Assert.Equal([3.0, 2.0, 1.0, 0.5], TrainingCurve.Losses("step,tokens,loss,heldOutLoss\n1,10,3.0,\n2,20,2.0,9\n3,30,1.0,\n4,40,0.5,9\n"));
        Assert.Empty(TrainingCurve.Read("a", "step,tokens,loss\n1,10,3.0\n")!.HeldOut);
    }

    [Fact]
    public void Should_DrawRingsAndSaySo_When_ExamplesWereHeldOut()
    {
        ReportSource source = _report.Source();
        ReportTable table = source.Tables[0];
        TrainingCurve plain = source.Trainings[0], measured = plain with { HeldOut = [(200, 9.5), (300, 9.25)] };
        ReportFigure without = TrainingFigure.Of(table, _ => plain)!, with = TrainingFigure.Of(table, _ => measured)!;
        int cells = table.Cells.Count(cell => cell.Size is not null);

        Assert.DoesNotContain("<circle", without.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("held out", without.Caption, StringComparison.Ordinal);
        Assert.Equal(2 * cells, with.Svg.Split("<circle").Length - 1);
        Assert.EndsWith("held out of the training.", with.Caption, StringComparison.Ordinal);

        // The axis reaches up to them: no ring is above its panel.
        Assert.All(
            with.Svg.Split("cy=\"").Skip(1),
            part => Assert.True(double.Parse(part[..part.IndexOf('"', StringComparison.Ordinal)], CultureInfo.InvariantCulture) > 34));
    }

    private Dictionary<string, byte[]> Write(ReportSource source, string name)
    {
        string folder = Path.Combine(_folder.FullName, name);
        ReportFolder.Write(source, file =>
        {
            string path = Path.Combine(folder, Path.Combine(file.Split('/')));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        });
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes, StringComparer.Ordinal);
    }
}
