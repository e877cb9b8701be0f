using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests;

public sealed class LockTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    private string Results => _table.Folder("results");

    private string LockPath => ResultFiles.LockPath(Results, "Table1");

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_Hold_When_TheSameIsPublishedTwice()
    {
        Assert.True(ResultFiles.Publish(_table.Result(), Results).Holds);
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(Results, "Table1.csv"));

        LockComparison again = ResultFiles.Publish(_table.Result(), Results);

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
        ResultFiles.Publish(_table.Result(), Results);
        string before = File.ReadAllText(Path.Combine(Results, "Table1.lock.json"));
        Flip("Random/250/System2", "hard", 2);

        LockComparison comparison = ResultFiles.Publish(_table.Result(), Results);

        // The baseline itself and the row that is compared with it.
        Assert.Equal(
            ["ModelsDisagree/250/System2", "Random/250/System2"],
            comparison.Cells.Where(cell => cell.Verdict == LockVerdict.Moved).Select(cell => cell.Cell));
        Assert.Contains(comparison.Cells.Single(cell => cell.Cell == "Random/250/System2").Changes, change => change.Name == "hard.right[1]");
        Assert.Contains("Random/250/System2: moved", comparison.Render(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Results, "Table1.lock.json")));
    }

    [Fact]
    public void Should_NameTheCsvOnce_When_OnlyWhatIsComputedFromTheValuesChanged()
    {
        ResultFiles.Publish(_table.Result(), Results);
        string path = ResultFiles.LockPath(Results, "Table1");
        ResultLock locked = ResultLock.Read(path);
        locked.Body["csv"] = ContentHash.OfText("older columns").Hex;
        File.WriteAllText(path, locked.Write());

        LockComparison published = ResultFiles.Publish(_table.Result(), Results);
        Assert.Equal("csv", Assert.Single(published.Changes).Name);
        Assert.Empty(published.EditedFiles);

        File.WriteAllText(Path.Combine(Results, "Table1.csv"), "older columns");
        Assert.Empty(ResultFiles.Compare(_table.Result(), Results).EditedFiles);
        File.WriteAllText(Path.Combine(Results, "Table1.csv"), "other columns");
        Assert.StartsWith(
            "Table1.csv is not the file that was locked", Assert.Single(ResultFiles.Compare(_table.Result(), Results).EditedFiles).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Move_When_TwoOutcomesAreSwappedAndEveryScoreStays()
    {
        ResultFiles.Publish(_table.Result(), Results);
        List<Grade> grades = _table.Grades("base", "hard", 1);
        int right = grades.FindIndex(grade => grade.Correct), wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        (grades[right], grades[wrong]) = (grades[right] with { Correct = false }, grades[wrong] with { Correct = true });
        _table.Bind("base", "hard", 1, grades);

        LockComparison comparison = ResultFiles.Compare(_table.Result(), Results);

        Assert.False(comparison.Holds);
        Assert.Contains(comparison.Changes, change => change.Name == "outcomes");
        CellVerdict moved = comparison.Cells.Single(cell => cell.Verdict == LockVerdict.Moved);
        string[] ids = [.. grades.Select(grade => grade.QuestionId).Order(StringComparer.Ordinal)];
        int first = Math.Min(Array.IndexOf(ids, grades[right].QuestionId), Array.IndexOf(ids, grades[wrong].QuestionId));
        Assert.DoesNotContain(moved.Changes, change => change.Name.Contains("right", StringComparison.Ordinal));
        OutcomePair pair = Assert.Single(moved.Outcomes);
        Assert.Equal(
            ("hard", 180, 2, "1", $"question {first + 1} in ordinal order of ids"),
            (pair.Benchmark, pair.Answers, pair.Changed, pair.FirstSeed, pair.FirstQuestion));
        Assert.Equal(pair.OldRight, pair.NewRight);
        Assert.Equal(1, pair.P!.Value, 12);
    }

    [Theory]
    [InlineData("Table1.outcomes")]
    [InlineData("Table1.csv")]
    public void Should_NotHold_When_APublishedFileIsEdited(string file)
    {
        string output = _table.Run();
        ResultFiles.Publish(new TableResult("Table1", output), Results);
        string path = Path.Combine(Results, file);
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("0", "1", StringComparison.Ordinal));

        Assert.Contains(file, ResultFiles.Compare(new TableResult("Table1", output), Results).Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NotBeComparable_When_TheProbeDiffers()
    {
        ResultFiles.Publish(_table.Result(), Results);
        Flip("base", "free", 1);
        _table.Options = _table.Options with { Probe = ContentHash.OfText("another").Hex };

        LockComparison comparison = ResultFiles.Compare(_table.Result(), Results);

        Assert.True(comparison.NotComparable);
        Assert.StartsWith("Table1: not comparable with the lock, which was made under another numerics probe\n", comparison.Render(), StringComparison.Ordinal);
        Assert.Contains("\n  base: not comparable\n", comparison.Render(), StringComparison.Ordinal);
        Assert.DoesNotContain(comparison.Cells, cell => cell.Verdict == LockVerdict.Moved);
    }

    [Fact]
    public void Should_NotBeComparable_When_OnlyTheProbeDiffers()
    {
        ResultFiles.Publish(_table.Result(), Results);
        _table.Options = _table.Options with { Probe = ContentHash.OfText("another").Hex };
        LockComparison comparison = ResultFiles.Compare(_table.Result(), Results);
        Assert.Equal((false, true), (comparison.Holds, comparison.NotComparable));
        Assert.StartsWith("Table1: not comparable with the lock", comparison.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statistical", 1, LockVerdict.Consistent)]
    [InlineData("statistical", 30, LockVerdict.Shifted)]
    [InlineData("pinned", 1, LockVerdict.Moved)]
    public void Should_LetThePairedTestDecide_When_TheClassIsStatistical(string kind, int flips, LockVerdict verdict)
    {
        _table.Options = _table.Options with { Cells = [new TableCell { Address = "base", Seeds = [1] }] };
        TableResult Of()
        {
            TableResult result = _table.Result();
            result.Provenance!["cells"]!["base"]!["class"] = kind;
            return result;
        }

        ResultFiles.Publish(Of(), Results);
        for (int i = 0; i < flips; i++)
        {
            Flip("base", "hard", 1);
        }

        string before = File.ReadAllText(LockPath);
        LockComparison comparison = ResultFiles.Publish(Of(), Results);
        CellVerdict cell = Assert.Single(comparison.Cells);
        Assert.Equal((verdict, flips), (cell.Verdict, Assert.Single(cell.Outcomes).Changed));
        Assert.Equal(verdict == LockVerdict.Consistent, comparison.Holds);
        Assert.Contains($"\n  base: {verdict.Word()}\n", comparison.Render(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(LockPath));
    }

    [Fact]
    public void Should_TellMissingFromAdded_When_RowsChange()
    {
        ResultFiles.Publish(_table.Result(), Results);
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Skip(1)] };
        string shorter = _table.Run();

        Assert.Equal(LockVerdict.Missing, ResultFiles.Compare(new TableResult("Table1", shorter), Results).Cells.Single(cell => cell.Cell == "base").Verdict);
        ResultFiles.Accept(new TableResult("Table1", shorter), Results, "The base row moved to another table.", new DateOnly(2026, 1, 2));
        Assert.True(ResultFiles.Compare(new TableResult("Table1", shorter), Results).Holds);
    }

    [Fact]
    public void Should_SayItInWords_When_CellsAreNotInBoth()
    {
        IReadOnlyList<TableCell> all = _table.Options.Cells;
        _table.Options = _table.Options with { Cells = [.. all.Skip(1)] };
        ResultFiles.Publish(_table.Result(), Results);
        _table.Options = _table.Options with { Cells = [.. all.SkipLast(1)] };

        string[] lines = ResultFiles.Compare(_table.Result(), Results).Render().Split('\n');

        Assert.Equal("Table1: the lock does not hold", lines[0]);
        Assert.Contains("  base: not in the lock", lines);
        Assert.Contains("  ModelsDisagree/1000/System2: missing", lines);
    }

    [Fact]
    public void Should_KeepTheHistory_When_AChangeIsAccepted()
    {
        ResultFiles.Publish(_table.Result(), Results);
        Flip("base", "free", 1);
        string output = _table.Run();

        Assert.Throws<UserErrorException>(() => ResultFiles.Accept(new TableResult("Table1", output), Results, " ", new DateOnly(2026, 1, 2)));
        ResultFiles.Accept(new TableResult("Table1", output), Results, "A wrong reference was mended.", new DateOnly(2026, 1, 2));

        string text = File.ReadAllText(Path.Combine(Results, "Table1.lock.json"));
        Assert.Contains("\"reason\": \"A wrong reference was mended.\"", text, StringComparison.Ordinal);
        Assert.Contains("\"date\": \"2026-01-02\"", text, StringComparison.Ordinal);
        Assert.True(ResultFiles.Publish(new TableResult("Table1", output), Results).Holds);

        // A second change joins the first.
        Flip("base", "free", 1);
        ResultFiles.Accept(_table.Result(), Results, "Another one was.", new DateOnly(2026, 1, 3));
        Assert.Equal(["2026-01-02", "2026-01-03"], ResultLock.Read(LockPath).History.Select(change => (string)change!["date"]!));
    }

    [Fact]
    public void Should_SayWhatToDo_When_TheLockIsBroken()
    {
        string output = _table.Run();
        ResultFiles.Publish(new TableResult("Table1", output), Results);
        File.WriteAllText(Path.Combine(Results, "Table1.lock.json"), "{ \"body\": ");

        Assert.Contains(
            "not a result lock", Assert.Throws<UserErrorException>(() => ResultFiles.Publish(new TableResult("Table1", output), Results)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameTheQuestionById_When_TheIdsAreAtHand()
    {
        ResultFiles.Publish(_table.Result(), Results);
        string[] ids = [.. _table.Grades("base", "hard", 2).Select(grade => grade.QuestionId).Order(StringComparer.Ordinal)];
        string digest = ContentHash.OfText(string.Concat(ids.Select(id => id + "\n"))).Hex;
        string flipped = Flip("base", "hard", 2);

        LockComparison comparison = ResultFiles.Compare(
            _table.Result() with { Questions = (benchmark, questions) => benchmark == "hard" && questions == digest ? ids : null }, Results);

        OutcomePair pair = Assert.Single(comparison.Cells.Single(cell => cell.Cell == "base").Outcomes);
        Assert.Equal((flipped, "2", "wrong -> right", 1), (pair.FirstQuestion, pair.FirstSeed, pair.FirstChange, pair.Changed));
        Assert.Equal(pair.OldRight + 1, pair.NewRight);
        Assert.Contains($"1 outcomes changed, first {flipped} (seed 2): wrong -> right\n", comparison.Render(), StringComparison.Ordinal);
        Assert.Contains(
            $"    hard: {pair.OldRight} -> {pair.NewRight} right of 180 (+0.56 points; paired two-way clustered t-test", comparison.Render(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TestExactly_When_ThereIsASingleSeed()
    {
        _table.Options = _table.Options with { Cells = [new TableCell { Address = "base", Seeds = [1] }] };
        ResultFiles.Publish(_table.Result(), Results);
        for (int i = 0; i < 6; i++)
        {
            Flip("base", "hard", 1);
        }

        OutcomePair pair = Assert.Single(ResultFiles.Compare(_table.Result(), Results).Cells.Single().Outcomes);

        // Six discordant pairs, all in one direction: 2 / 2^6.
        Assert.Equal(6, pair.Changed);
        Assert.Equal(2.0 / 64, pair.P!.Value, 12);
        Assert.Equal("McNemar's exact test p 0.031", pair.Test);
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("training")]
    public void Should_Move_When_OnlyTheProvenanceDiffers(string step)
    {
        ResultFiles.Publish(_table.Result(), Results);
        TableResult other = _table.Result();
        other.Provenance!["cells"]!["base"]!["seed2"]![step] = ContentHash.OfText("other").Hex;

        LockComparison comparison = ResultFiles.Compare(other, Results);

        CellVerdict moved = comparison.Cells.Single(cell => cell.Verdict != LockVerdict.Holds);
        Assert.Equal(("base", LockVerdict.Moved, "seed2." + step), (moved.Cell, moved.Verdict, Assert.Single(moved.Changes).Name));
        Assert.Empty(moved.Outcomes);
    }

    [Fact]
    public void Should_HoldAndSayNothing_When_OnlyAPackageIsAnother()
    {
        ResultFiles.Publish(_table.Result(), Results);
        string before = File.ReadAllText(LockPath);
        TableResult other = _table.Result();
        other.Provenance!["packages"]!["Some.Package"] = "2.0.0";

        LockComparison comparison = ResultFiles.Publish(other, Results);
        Assert.True(comparison.Holds);
        Assert.Equal("Table1: the lock holds (5 cells)\n", comparison.Render());
        Assert.Equal(before, File.ReadAllText(LockPath));

        // Where something did move, it is told.
        Flip("base", "free", 1);
        other = _table.Result() with { Provenance = other.Provenance };
        Assert.Contains("  made with other packages.Some.Package: 1.0.0 -> 2.0.0\n", ResultFiles.Compare(other, Results).Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CompleteTheLock_When_ItHoldsAndTellsNoProvenance()
    {
        ResultFiles.Publish(_table.Result() with { Provenance = null }, Results);
        ResultLock before = ResultLock.Read(LockPath);

        Assert.True(ResultFiles.Publish(_table.Result(), Results).Holds);

        ResultLock after = ResultLock.Read(LockPath);
        Assert.Null(before.Provenance);
        Assert.Equal("pinned", (string?)after.Provenance!["cells"]!["base"]!["class"]);
        Assert.Equal(CanonicalJson.Write(before.Body), CanonicalJson.Write(after.Body));
        Assert.Empty(after.History);
    }

    [Theory]
    [InlineData("\"reason\": \"A wrong reference was mended.\"", "\"reason\": \"Nothing to see.\"")]
    [InlineData("\"Some.Package\": \"1.0.0\"", "\"Some.Package\": \"1.0.1\"")]
    [InlineData("\"checksum\":", "\"check\":")]
    public void Should_NotHold_When_APartThatNothingRecomputesIsEdited(string old, string now)
    {
        ResultFiles.Publish(_table.Result(), Results);
        Flip("base", "free", 1);
        ResultFiles.Accept(_table.Result(), Results, "A wrong reference was mended.", new DateOnly(2026, 1, 2));
        Assert.True(ResultFiles.Compare(_table.Result(), Results).Holds);
        string text = File.ReadAllText(LockPath);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(LockPath, text.Replace(old, now, StringComparison.Ordinal));

        LockComparison comparison = ResultFiles.Publish(_table.Result(), Results);

        Assert.False(comparison.Holds);
        Assert.Contains("Table1.lock.json was edited by hand", comparison.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_KeepOldDigestsOfMovedCellsOnly_When_AChangeIsAccepted()
    {
        ResultFiles.Publish(_table.Result(), Results);
        Flip("base", "free", 1);
        ResultFiles.Accept(_table.Result(), Results, "Mended.", new DateOnly(2026, 1, 2));

        Assert.Equal(["base"], ResultLock.Read(LockPath).History.Single()!["oldCells"]!.AsObject().Select(entry => entry.Key));
    }

    // Makes a wrong answer right; its question.
    private string Flip(string cell, string benchmark, int seed)
    {
        List<Grade> grades = _table.Grades(cell, benchmark, seed);
        int wrong = grades.FindIndex(grade => !grade.Correct && grade.Extracted is not null);
        grades[wrong] = grades[wrong] with { Correct = true };
        _table.Bind(cell, benchmark, seed, grades);
        return grades[wrong].QuestionId;
    }
}
