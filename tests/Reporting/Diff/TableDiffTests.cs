using System.Text.RegularExpressions;
using System.Xml.Linq;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Diff;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests.Diff;

public sealed class TableDiffTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_SayThatAllIsTheSame_When_NothingChanged()
    {
        TableDiff diff = Between(Side(), Side());
        Assert.Equal("Table1 against old: all 10 values are the same", diff.Headline);
        Assert.Equal(diff.Headline + "\n", DiffText.Plain(diff));
    }

    [Fact]
    public void Should_GiveOldNewDifferenceTestAndQuestion_When_AnAnswerChanged()
    {
        DiffSide before = Side();
        int right = _table.Grades("base", "hard", 1).Concat(_table.Grades("base", "hard", 2)).Concat(_table.Grades("base", "hard", 3))
            .Count(grade => grade.Correct);
        Flip("base", "hard", 2);

        DiffRow row = Assert.Single(Between(before, Side()).Differing);

        static string Percent(decimal of) => (100 * of / 180).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            ("base", "hard", LockVerdict.Moved, Percent(right), Percent(right + 1), "+0.56"),
            (row.Cell, row.Benchmark, row.Verdict, row.Old, row.New, row.Difference));
        Assert.StartsWith("paired two-way clustered t-test (questions x replicates, Satterthwaite) p ", row.Test, StringComparison.Ordinal);
        Assert.Matches(@"^1 of 180, first question \d+ in ordinal order of ids \(seed 2\): wrong -> right$", row.Questions);
        Assert.Equal("grades (seed 2)", row.Stage);
    }

    [Theory]
    [InlineData("selection", "selection (seed 2)")]
    [InlineData("training", "training (seed 2)")]
    [InlineData("weights", "weights (seed 2)")]
    public void Should_NameTheFirstStage_When_ThatAndAllBehindItDiffer(string first, string expected)
    {
        DiffSide before = Side();
        Flip("base", "hard", 2);
        DiffSide after = Side();
        foreach (string step in new[] { "selection", "training", "weights" }.SkipWhile(step => step != first))
        {
            after.Lock.Provenance!["cells"]!["base"]!["seed2"]![step] = ContentHash.OfText("other " + step).Hex;
        }

        TableDiff diff = Between(before, after, step => $"why of {step.Step}: {step.New[..4]}");

        // The weights are of the cell, so that its other benchmark rests on others too, with the same grades.
        Assert.Equal(["free", "hard"], diff.Differing.Select(row => row.Benchmark));
        Assert.All(diff.Differing, row => Assert.Equal((expected, $"why of {first}: {ContentHash.OfText("other " + first).Hex[..4]}"), (row.Stage, row.Why)));
    }

    [Fact]
    public void Should_TellGoneFromNew_When_CellsAreOnOneSide()
    {
        IReadOnlyList<TableCell> all = _table.Options.Cells;
        _table.Options = _table.Options with { Cells = [.. all.Skip(1)] };
        DiffSide before = Side();
        _table.Options = _table.Options with { Cells = [.. all.SkipLast(1)] };

        TableDiff diff = Between(before, Side());

        Assert.Equal(["gone", "gone"], diff.Rows.Where(row => row.Cell == "ModelsDisagree/1000/System2").Select(row => row.Word));
        Assert.Equal(["new", "new"], diff.Rows.Where(row => row.Cell == "base").Select(row => row.Word));
        Assert.All(Between(null, Side()).Rows, row => Assert.Equal(LockVerdict.Added, row.Verdict));
        Assert.All(Between(before, null).Rows, row => Assert.Equal(LockVerdict.Missing, row.Verdict));
    }

    [Fact]
    public void Should_NotBeComparable_When_TheProbesDiffer()
    {
        DiffSide before = Side();
        Flip("base", "hard", 2);
        _table.Options = _table.Options with { Probe = ContentHash.OfText("another").Hex };
        Assert.Equal(["not comparable"], Between(before, Side()).Differing.Select(row => row.Word));
    }

    [Fact]
    public void Should_WriteTheSame_When_ItIsTextMarkdownOrHtml()
    {
        DiffSide before = Side();
        Flip("Random/250/System2", "hard", 1);
        DiffSide after = Side();
        after.Lock.Provenance!["packages"]!["Some.Package"] = "2.0.0 <new> & \"quoted\"";
        TableDiff diff = Between(before, after, _ => "why | a <b> & \"c\"");
        DiffRow row = diff.Rows.First(row => row.Verdict == LockVerdict.Moved);

        string plain = DiffText.Plain(diff), markdown = DiffText.Markdown(diff), html = DiffPage.Write([diff]);

        Assert.Contains($"  {row.Cell} {row.Benchmark}: moved, {row.Old} % -> {row.New} % ({row.Difference} points; ", plain, StringComparison.Ordinal);
        Assert.Contains("    why: why | a <b> & \"c\"\n", plain, StringComparison.Ordinal);
        Assert.Contains("  other packages.Some.Package: 1.0.0 -> 2.0.0 <new>", plain, StringComparison.Ordinal);
        Assert.Contains($"| {row.Cell} | {row.Benchmark} | moved | {row.Old} | {row.New} | {row.Difference} |", markdown, StringComparison.Ordinal);
        Assert.Contains("why \\| a <b>", markdown, StringComparison.Ordinal);

        // Well-formed, every cell of the table in it, nothing that a browser would fetch.
        XDocument page = XDocument.Parse(
            html.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal));
        XElement[] rows = [.. page.Descendants("tbody").Elements("tr")];
        Assert.Equal(diff.Rows.Count, rows.Length);
        Assert.Equal(diff.Differing.Count(), rows.Count(item => (string?)item.Attribute("class") == "moved"));
        Assert.Contains(rows, item => item.Elements("td").Last().Value == "why | a <b> & \"c\"");
        Assert.DoesNotMatch(new Regex("src=|href=|url\\(|@import|<script", RegexOptions.IgnoreCase), html);
    }

    private static TableDiff Between(DiffSide? old, DiffSide? now, Func<DiffStep, string?>? why = null) =>
        TableDiff.Of("Table1", "old", old, now, (_, _) => null, why ?? (_ => null));

    private DiffSide Side()
    {
        TableResult result = _table.Result();
        return new DiffSide(result.Lock(), File.ReadAllText(Path.Combine(result.Folder, "outcomes")));
    }

    private void Flip(string cell, string benchmark, int seed)
    {
        List<Grade> grades = _table.Grades(cell, benchmark, seed);
        int wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        grades[wrong] = grades[wrong] with { Correct = true };
        _table.Bind(cell, benchmark, seed, grades);
    }
}
