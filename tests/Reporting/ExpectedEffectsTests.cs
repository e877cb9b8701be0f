namespace NaturalThoughts.Reporting.Tests;

public sealed class ExpectedEffectsTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    // ModelsDisagree is right in 85 % where Random is in 50 %, at size 1000; at size 250 both are in 35 %.
    [Fact]
    public void Should_SayWhatWasFound_When_ARowIsAPositiveControl()
    {
        string better = Expecting("ModelsDisagree/1000/System2", "better");
        Assert.Contains(
            "- Positive control ModelsDisagree/1000/System2, which must be better than Random/1000/System2: found on hard (+", better,
            StringComparison.Ordinal);
        Assert.Contains("; found on free (+", better, StringComparison.Ordinal);

        Assert.Contains("**the opposite was found** on hard (+", Expecting("ModelsDisagree/1000/System2", "worse"), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayWhichEffectsCannotBeSeen_When_NothingWasFound()
    {
        string text = Expecting("ModelsDisagree/250/System2", "worse");

        Assert.Matches(
            @"not found on hard \([^)]+ points, p [0-9.]+\), where effects below [0-9.]+ points cannot be relied on to be seen \(power 0\.8\); ", text);
    }

    [Fact]
    public void Should_SayNothing_When_NoRowIsAPositiveControl() => Assert.DoesNotContain("ositive control", _table.Text("table.md"), StringComparison.Ordinal);

    private string Expecting(string cell, string expect)
    {
        _table.Options = _table.Options with { Cells = [.. _table.Options.Cells.Select(row => row with { Expect = row.Address == cell ? expect : null })] };
        return _table.Text("table.md");
    }
}
