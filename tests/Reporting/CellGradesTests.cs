using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests;

public sealed class CellGradesTests : IDisposable
{
    private const string Cell = "Random/250/System2";
    private readonly SyntheticTable _table = new();

    private string Results => _table.Folder("results");

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2)]
    public void Should_Hold_When_TheGradesAreTheLocked(params int[] seeds)
    {
        ResultFiles.Publish(_table.Result(), Results);

        LockComparison comparison = Grades(Cell, seeds).Compare(Results);

        Assert.True(comparison.Holds);
        Assert.Equal([Cell], comparison.Cells.Select(cell => cell.Cell));
    }

    [Fact]
    public void Should_NameValueTestAndQuestion_When_OneSeedMoved()
    {
        ResultFiles.Publish(_table.Result(), Results);
        List<Grade> grades = _table.Grades(Cell, "free", 3);
        int wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        grades[wrong] = grades[wrong] with { Correct = true };
        _table.Bind(Cell, "free", 3, grades);

        CellVerdict moved = Assert.Single(Grades(Cell, 3).Compare(Results).Cells);
        Assert.Equal(LockVerdict.Moved, moved.Verdict);
        Assert.Equal(["free.grades[0]", "free.right[0]"], moved.Changes.Select(change => change.Name));
        Assert.Equal(("free", 1, "wrong -> right"), (Assert.Single(moved.Outcomes).Benchmark, moved.Outcomes[0].Changed, moved.Outcomes[0].FirstChange));

        // The other seeds are as they were.
        Assert.True(Grades(Cell, 1, 2).Compare(Results).Holds);
    }

    [Fact]
    public void Should_TellMissingAddedAndNotComparable_When_TheyAre()
    {
        ResultFiles.Publish(_table.Result(), Results);
        CellGrades gone = new("Table1", Cell, [], new Dictionary<(string, int), string>()) { Probe = _table.Options.Probe };
        Assert.Equal(LockVerdict.Missing, Assert.Single(gone.Compare(Results).Cells).Verdict);

        CellGrades added = Grades(Cell, 1) with { Cell = "Random/9/System2" };
        Assert.Equal(LockVerdict.Added, Assert.Single(added.Compare(Results).Cells).Verdict);

        CellGrades other = Grades("base", 1) with { Cell = Cell, Probe = ContentHash.OfText("another").Hex };
        Assert.Equal(LockVerdict.NotComparable, Assert.Single(other.Compare(Results).Cells).Verdict);
    }

    [Fact]
    public void Should_NotHold_When_TheOutcomesBesideTheLockWereEdited()
    {
        ResultFiles.Publish(_table.Result(), Results);
        File.AppendAllText(Path.Combine(Results, "Table1.outcomes"), "\n");
        Assert.Contains("Table1.outcomes is not the file that was locked", Grades(Cell, 1).Compare(Results).Render(), StringComparison.Ordinal);
    }

    private CellGrades Grades(string cell, params int[] seeds) => new(
        "Table1",
        cell,
        seeds,
        new[] { "hard", "free" }.SelectMany(benchmark => seeds.Select(seed => (benchmark, seed)))
            .ToDictionary(key => key, key => _table.PathOf(cell, key.benchmark, key.seed)))
    {
        Probe = _table.Options.Probe,
        Provenance = _table.Result().Provenance,
    };
}
