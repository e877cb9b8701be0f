using System.Text.RegularExpressions;

namespace NaturalThoughts.Reporting.Tests;

public sealed class InWordsTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    // ModelsDisagree is right in 85 % where Random is in 50 %, at size 1000; at size 250 both are in 35 %.
    [Fact]
    public void Should_NameTheRowsThatDiffer_When_EachCellIsCompared()
    {
        string[] lines = Section();

        Assert.Equal(3, lines.Length);
        Assert.Matches(
            @"^- ModelsDisagree/1000/System2 is better than Random/1000/System2: \+4[0-9]\.[0-9] points on hard \(p [0-9.e-]+\) and \+4[0-9]\.[0-9] points on"
            + @" free \(p [0-9.e-]+\)\.$", lines[0]);
        Assert.Equal("- No row is worse than what it is compared with.", lines[1]);
        Assert.Matches(@"^- A difference below [0-9.]+ points on hard and [0-9.]+ points on free is missed more often than once in five times\.$", lines[2]);
    }

    [Fact]
    public void Should_SpeakOfMethods_When_ThePrimaryFamilyIsOverSizes()
    {
        _table.Options = _table.Options with { Family = "every method over all sizes", FamilyOverSizes = true };

        string[] lines = Section();

        Assert.Matches(@"^- ModelsDisagree is better than Random, the mean over all sizes: \+2[0-9]\.[0-9] points on hard ", lines[0]);
        Assert.Equal("- No method is worse than Random, the mean over all sizes.", lines[1]);
    }

    [Fact]
    public void Should_TellThemApart_When_ARowIsACalibration()
    {
        _table.Options =
            _table.Options with { Cells = [.. _table.Options.Cells.Select(cell => cell with { Calibration = cell.Address == "ModelsDisagree/1000/System2" })] };

        string[] lines = Section();

        Assert.Equal("- No row is better than Random/250/System2.", lines[0]);
        Assert.Matches(
            @"^- Calibration, ModelsDisagree/1000/System2 against Random/1000/System2: better by \+4[0-9]\.[0-9] points on hard \(p [^)]+\) and .+ points on"
            + @" free \(p [^)]+\)\.$", lines[^1]);
    }

    [Fact]
    public void Should_SayNothing_When_NothingIsCompared()
    {
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Where(cell => cell.Method is null)] };

        Assert.DoesNotContain("## In words", _table.Text("table.md"), StringComparison.Ordinal);
    }

    private string[] Section() =>
        Regex.Match(_table.Text("table.md"), @"\n## In words\n\n((?:- [^\n]+\n)+)").Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
