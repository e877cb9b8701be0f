using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Traces;

namespace NaturalThoughts.Reporting.Tests;

public sealed class LockTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    private string Results => _table.Folder("results");

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_Hold_When_TheSameIsPublishedTwice()
    {
        Assert.True(ResultFiles.Publish(_table.Run(), Results, "Table1").Holds);
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(Results, "Table1.csv"));

        LockComparison again = ResultFiles.Publish(_table.Run(), Results, "Table1");

        Assert.True(again.Holds);
        Assert.Equal("Table1: the lock holds (5 cells)\n", again.Render());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(Results, "Table1.csv")));
        Assert.Equal(
            ["Table1.csv", "Table1.lock.json", "Table1.md", "Table1.outcomes", "Table1.svg"],
            Directory.GetFiles(Results).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_NameTheMovedCellAndLeaveTheLock_When_AnAnswerChanges()
    {
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        string before = File.ReadAllText(Path.Combine(Results, "Table1.lock.json"));
        Flip("Random/250/System2", "hard", 2);

        LockComparison comparison = ResultFiles.Publish(_table.Run(), Results, "Table1");

        // The baseline itself and the row that is compared with it.
        Assert.Equal(
            ["ModelsDisagree/250/System2", "Random/250/System2"],
            comparison.Cells.Where(cell => cell.Verdict == LockVerdict.Moved).Select(cell => cell.Cell));
        Assert.Contains(comparison.Cells.Single(cell => cell.Cell == "Random/250/System2").Changes, change => change.Name == "hard.right[1]");
        Assert.Contains("Random/250/System2: moved", comparison.Render(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Results, "Table1.lock.json")));
    }

    [Fact]
    public void Should_Move_When_TwoOutcomesAreSwappedAndEveryScoreStays()
    {
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        List<Grade> grades = _table.Grades("base", "hard", 1);
        int right = grades.FindIndex(grade => grade.Correct), wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        (grades[right], grades[wrong]) = (grades[right] with { Correct = false }, grades[wrong] with { Correct = true });
        _table.Bind("base", "hard", 1, grades);

        LockComparison comparison = ResultFiles.Compare(_table.Run(), Results, "Table1");

        Assert.False(comparison.Holds);
        Assert.Contains(comparison.Changes, change => change.Name == "outcomes");
        LockChange[] changes = [.. comparison.Cells.Single(cell => cell.Verdict == LockVerdict.Moved).Changes];
        string[] ids = [.. grades.Select(grade => grade.QuestionId).Order(StringComparer.Ordinal)];
        int first = Math.Min(Array.IndexOf(ids, grades[right].QuestionId), Array.IndexOf(ids, grades[wrong].QuestionId));
        Assert.DoesNotContain(changes, change => change.Name.Contains("right", StringComparison.Ordinal));
        Assert.Contains(changes, change => change.Name == $"hard.seed1: 2 of 60 outcomes, first at question {first + 1} in ordinal order of ids");
    }

    [Theory]
    [InlineData("Table1.outcomes")]
    [InlineData("Table1.csv")]
    public void Should_NotHold_When_APublishedFileIsEdited(string file)
    {
        string output = _table.Run();
        ResultFiles.Publish(output, Results, "Table1");
        string path = Path.Combine(Results, file);
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("0", "1", StringComparison.Ordinal));

        Assert.Contains(file, ResultFiles.Compare(output, Results, "Table1").Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NotBeComparable_When_TheProbeDiffers()
    {
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        Flip("base", "free", 1);
        _table.Options = _table.Options with { Probe = ContentHash.OfText("another").Hex };

        LockComparison comparison = ResultFiles.Compare(_table.Run(), Results, "Table1");

        Assert.True(comparison.NotComparable);
        Assert.StartsWith("Table1: not comparable with the lock, which was made under another numerics probe\n", comparison.Render(), StringComparison.Ordinal);
        Assert.Contains("\n  base: not comparable\n", comparison.Render(), StringComparison.Ordinal);
        Assert.DoesNotContain(comparison.Cells, cell => cell.Verdict == LockVerdict.Moved);
    }

    [Fact]
    public void Should_TellMissingFromAdded_When_RowsChange()
    {
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Skip(1)] };
        string shorter = _table.Run();

        Assert.Equal(LockVerdict.Missing, ResultFiles.Compare(shorter, Results, "Table1").Cells.Single(cell => cell.Cell == "base").Verdict);
        ResultFiles.Accept(shorter, Results, "Table1", "The base row moved to another table.", new DateOnly(2026, 1, 2));
        Assert.True(ResultFiles.Compare(shorter, Results, "Table1").Holds);
    }

    [Fact]
    public void Should_SayItInWords_When_CellsAreNotInBoth()
    {
        IReadOnlyList<TableCell> all = _table.Options.Cells;
        _table.Options = _table.Options with { Cells = [.. all.Skip(1)] };
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        _table.Options = _table.Options with { Cells = [.. all.SkipLast(1)] };

        string[] lines = ResultFiles.Compare(_table.Run(), Results, "Table1").Render().Split('\n');

        Assert.Equal("Table1: the lock does not hold", lines[0]);
        Assert.Contains("  base: not in the lock", lines);
        Assert.Contains("  ModelsDisagree/1000/System2: missing", lines);
    }

    [Fact]
    public void Should_KeepTheHistory_When_AChangeIsAccepted()
    {
        ResultFiles.Publish(_table.Run(), Results, "Table1");
        Flip("base", "free", 1);
        string output = _table.Run();

        Assert.Throws<UserErrorException>(() => ResultFiles.Accept(output, Results, "Table1", " ", new DateOnly(2026, 1, 2)));
        ResultFiles.Accept(output, Results, "Table1", "A wrong reference was mended.", new DateOnly(2026, 1, 2));

        string text = File.ReadAllText(Path.Combine(Results, "Table1.lock.json"));
        Assert.Contains("\"reason\": \"A wrong reference was mended.\"", text, StringComparison.Ordinal);
        Assert.Contains("\"date\": \"2026-01-02\"", text, StringComparison.Ordinal);
        Assert.True(ResultFiles.Publish(output, Results, "Table1").Holds);
    }

    [Fact]
    public void Should_SayWhatToDo_When_TheLockIsBroken()
    {
        string output = _table.Run();
        ResultFiles.Publish(output, Results, "Table1");
        File.WriteAllText(Path.Combine(Results, "Table1.lock.json"), "{ \"body\": ");

        Assert.Contains("no result lock", Assert.Throws<UserErrorException>(() => ResultFiles.Publish(output, Results, "Table1")).Message, StringComparison.Ordinal);
    }

    private void Flip(string cell, string benchmark, int seed)
    {
        List<Grade> grades = _table.Grades(cell, benchmark, seed);
        int wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        grades[wrong] = grades[wrong] with { Correct = true };
        _table.Bind(cell, benchmark, seed, grades);
    }
}
