using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Statistics;
using Snapshooter.Xunit;

namespace NaturalThoughts.Reporting.Tests;

public sealed class TableStageTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_MatchSnapshot_When_MarkdownIsWritten() => Snapshot.Match(_table.Text("table.md"));

    [Fact]
    public void Should_MatchSnapshot_When_CsvIsWritten() => Snapshot.Match(_table.Text("table.csv"));

    [Fact]
    public void Should_GiveTheSameBytes_When_RunTwiceWithRowsInAnotherOrder()
    {
        string first = _table.Run();
        Dictionary<string, byte[]> before = Directory.GetFiles(first).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes);
        string second = _table.Run();

        Assert.Equal(["figure.svg", "lock.json", "outcomes", "table.csv", "table.md"], before.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(second, file.Key))));

        List<Grade> rows = _table.Grades("base", "hard", 1);
        rows.Reverse();
        _table.Bind("base", "hard", 1, rows);
        Assert.Equal(before["table.csv"], File.ReadAllBytes(Path.Combine(_table.Run(), "table.csv")));
    }

    [Fact]
    public void Should_CountTheChance_When_TheProtocolDrawsAnswers()
    {
        string before = _table.Text("table.csv");
        List<Grade> grades = _table.Grades("base", "hard", 1);
        int unparsed = grades.FindIndex(grade => grade.Extracted is null);
        grades[unparsed] = grades[unparsed] with { Credit = 0.25 };
        _table.Bind("base", "hard", 1, grades);

        string[][] rows = Rows();
        string[] row = rows.Single(row => row[0] == "base" && row[4] == "hard"), old = before.Split('\n')[1].Split(',');

        // A quarter of an answer of 60 questions in three replicates, and one of 180 answers drawn; others stay, with a column more.
        Assert.Equal(Number(old[7]) + (0.25 / 180), Number(row[7]), 6);
        Assert.Equal("0.005556", row[^1]);
        Assert.Equal(old[17], row[17]);
        Assert.Equal(before.Split('\n')[2] + ",0.000000", string.Join(',', rows[1]));
        string page = _table.Text("table.md");
        Assert.Matches(@"\| base \|  \|  \| [0-9.]+ ± [0-9.]+ ~ \|", page);
        Assert.Contains("- ~ base on hard: answers without an option: 1;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_AdjustOverAllCellsOfAColumn_When_ThereAreSeveral()
    {
        string[][] rows = Rows();
        foreach (string benchmark in (string[])["hard", "free"])
        {
            string[][] column = [.. rows.Where(row => row[4] == benchmark && row[13].Length > 0)];
            double[] adjusted = MultipleTesting.Holm([.. column.Select(row => Number(row[13]))]);

            Assert.Equal(2, column.Length);
            Assert.All(column.Zip(adjusted), pair =>
                Assert.Equal(pair.Second, Number(pair.First[14]), pair.Second * 0.06));
            Assert.Contains(column, row => row[13] != row[14]);
        }
    }

    [Fact]
    public void Should_CountAStudentOnce_When_ItStandsInTwoRows()
    {
        string[] Row() => Rows().Single(row => row[0] == "ModelsDisagree/1000/System2" && row[4] == "hard");
        string[] alone = Row();
        TableCell twin = SyntheticTable.Cell("Twin", 1000) with { Baseline = "base" };
        foreach (string benchmark in (string[])["hard", "free"])
        {
            foreach (int seed in twin.Seeds)
            {
                _table.Bind(twin.Address, benchmark, seed, _table.Grades("Random/1000/System2", benchmark, seed));
            }
        }

        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells, twin] };

        Assert.Equal(alone[..14], Row()[..14]);
    }

    [Fact]
    public void Should_SayThatNothingIsCompared_When_ThereIsNoRandomOfThatSize()
    {
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Where(cell => cell.Address != "Random/250/System2")] };

        string folder = _table.Run(out StageResult result);

        Assert.Equal("ModelsDisagree/250/System2 is compared with nothing: the table has no Random of its size and mix.", Assert.Single(result.Warnings));
        Assert.Contains("\n- " + result.Warnings[0] + "\n", File.ReadAllText(Path.Combine(folder, "table.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_StarTheAdjustedPAlone_When_ThePAsItIsIsSmall()
    {
        // At size 1000 two verdicts differ, one up and one down; at size 250 more and more are gained, until p is below 0.05 and twice it is not.
        Rebind("ModelsDisagree/1000/System2", "Random/1000/System2", (seed, i, right) => i == 0 && seed < 3 ? seed == 1 : right);
        for (int gained = 1; gained < 60; gained++)
        {
            Rebind("ModelsDisagree/250/System2", "Random/250/System2", (_, i, right) => right || i % 60 < gained);
            string[] row = Rows().Single(row => row[0] == "ModelsDisagree/250/System2" && row[4] == "hard");
            string cell = _table.Text("table.md").Split('\n')
                .Single(line => line.StartsWith("| ModelsDisagree | 250 ", StringComparison.Ordinal)).Split('|')[5];
            if (row[14].Length > 0 && Number(row[13]) < 0.045 && Number(row[14]) > 0.055)
            {
                Assert.Equal(2 * Number(row[13]), Number(row[14]), 0.002);
                Assert.EndsWith($" ({row[14]}) ", cell, StringComparison.Ordinal);
                Assert.DoesNotContain('*', cell);
                return;
            }
        }

        Assert.Fail("No number of gained answers lies between the two.");
    }

    [Fact]
    public void Should_CompareWithinSizeAndMix_When_BaselineIsFound()
    {
        string[][] rows = Rows();

        Assert.All(rows.Where(row => row[1] == "ModelsDisagree"), row => Assert.Equal($"Random/{row[2]}/System2", row[9]));
        Assert.All(rows.Where(row => row[1] != "ModelsDisagree"), row => Assert.Equal("", row[9]));
        string[] better = rows.Single(row => row[0] == "ModelsDisagree/1000/System2" && row[4] == "hard");
        string[] random = rows.Single(row => row[0] == "Random/1000/System2" && row[4] == "hard");
        Assert.Equal(Decimal(better[7]) - Decimal(random[7]), Decimal(better[10]), 5);
        Assert.True(Decimal(better[10]) > 0.1m);
    }

    [Fact]
    public void Should_CompareWithTheNamedCell_When_ARowNamesItsBaseline()
    {
        _table.Options = _table.Options with
        {
            Cells = [.. _table.Options.Cells.Select(cell => cell.Address == "Random/1000/System2" ? cell with { Baseline = "Random/250/System2" } : cell)],
        };

        Assert.All(Rows().Where(row => row[0] == "Random/1000/System2"), row => Assert.Equal("Random/250/System2", row[9]));
        Assert.Contains("- Random/1000/System2 is compared with Random/250/System2.", _table.Text("table.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayDegenerate_When_TwoCellsAreIdenticalOrHaveOneReplicate()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            _table.Bind("ModelsDisagree/250/System2", "hard", seed, _table.Grades("Random/250/System2", "hard", seed));
        }

        _table.Options = _table.Options with
        {
            Cells = [.. _table.Options.Cells.Select(cell => cell.Size == 1000 ? cell with { Seeds = [1] } : cell)],
        };
        string output = _table.Run(out StageResult result);
        string markdown = File.ReadAllText(Path.Combine(output, "table.md"));

        Assert.Contains("+0.0 (degenerate: identical verdicts)", markdown, StringComparison.Ordinal);
        Assert.Contains("(degenerate: single replicate)", markdown, StringComparison.Ordinal);
        Assert.Equal(3, result.Counts["degenerate"]);
        Assert.Contains(
            "Random", string.Join(' ', markdown.Split('\n').Where(line => line.StartsWith("| Random", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.All(Rows().Where(row => row[15].Length > 0), row => Assert.Equal(("", ""), (row[13], row[14])));
    }

    [Fact]
    public void Should_CountUnparsedAsWrongAndSeparately_When_NothingWasExtracted()
    {
        List<Grade> grades = _table.Grades("base", "free", 2);
        string[] row = Rows().Single(row => row[0] == "base" && row[4] == "free");
        long unparsed = 0, right = 0;
        foreach (int seed in (int[])[1, 2, 3])
        {
            unparsed += _table.Grades("base", "free", seed).LongCount(grade => grade.Extracted is null);
            right += _table.Grades("base", "free", seed).LongCount(grade => grade.Correct);
        }

        Assert.Equal(60, grades.Count);
        Assert.True(unparsed > 0);
        Assert.Equal(Share(unparsed), row[17]);
        Assert.Equal(Share(right), row[7]);
        Assert.Equal(Share(3), row[18]);
    }

    [Fact]
    public void Should_WriteOneCharacterAQuestion_When_OutcomesAreWritten()
    {
        string[] lines = _table.Text("outcomes").Split('\n');
        string expected = string.Concat(_table.Grades("Random/250/System2", "hard", 2)
            .OrderBy(grade => grade.QuestionId, StringComparer.Ordinal)
            .Select(grade => grade.Extracted is null ? '-' : grade.Correct ? '1' : '0'));
        string ids = string.Concat(Enumerable.Range(0, 60).Select(i => $"hard-{i}").Order(StringComparer.Ordinal).Select(id => id + "\n"));

        Assert.Equal($"#hard 60 {ContentHash.OfText(ids)}", lines[0]);
        Assert.Contains($"Random/250/System2 hard 2 {expected}", lines);
        Assert.Equal(2 + (5 * 2 * 3) + 1, lines.Length);
    }

    [Fact]
    public void Should_RefuseTheGrades_When_QuestionsDifferOrRepeat()
    {
        List<Grade> grades = _table.Grades("base", "hard", 1);
        _table.Bind("Random/250/System2", "hard", 1, grades.Skip(1));
        Assert.Contains("other questions", Assert.Throws<UserErrorException>(() => _table.Run()).Message, StringComparison.Ordinal);

        _table.Bind("Random/250/System2", "hard", 1, grades.Append(grades[0]));
        Assert.Contains("twice", Assert.Throws<UserErrorException>(() => _table.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameEveryError_When_OptionsAreWrong()
    {
        _table.Options = _table.Options with
        {
            Class = "exactly",
            Columns = ["tokens", "colour"],
            Cells = [SyntheticTable.Cell("Random", 250), SyntheticTable.Cell("Random", 250)],
        };

        Assert.Equal(3, Assert.Throws<UserErrorException>(() => _table.Run()).Errors.Count);
    }

    [Fact]
    public void Should_ReportSelections_When_TheyAreBound()
    {
        foreach (string method in (string[])["Random", "ModelsDisagree"])
        {
            _table.Bind(TableRoles.Report($"{method}/1000/System2", 1), method + ".json",
                """{"method":"m","n":3,"candidates":9,"tokens":{"sum":30,"mean":10,"p50":9},"domains":{"maths":2,"logic":1},"levels":{"1":3}}""");
            _table.Bind(TableRoles.Selected($"{method}/1000/System2", 1), method + ".jsonl",
                string.Concat(((string[])(method == "Random" ? ["a", "b", "c"] : ["b", "c", "d"])).Select(id => $"{{\"questionId\":\"{id}\"}}\n")));
        }

        string markdown = _table.Text("table.md");

        Assert.Contains("| Random/1000/System2 | 3 | 9 | 30 | 10.0 | 9 | logic 33, maths 67 | 1 100 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| Random | 1.00 | 0.50 |", markdown, StringComparison.Ordinal);
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Share(long count) => (count / 180m).ToString("F6", CultureInfo.InvariantCulture);

    private string[][] Rows() => [.. _table.Text("table.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];

    private void Rebind(string cell, string from, Func<int, int, bool, bool> right)
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            _table.Bind(
                cell, "hard", seed,
                [.. _table.Grades(from, "hard", seed).Select((grade, i) => grade with { Extracted = "x", Correct = right(seed, i, grade.Correct) })]);
        }
    }
}
