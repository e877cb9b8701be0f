using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Tests;

/// <summary>Our figures beside published ones.</summary>
public sealed class BesidePaperTests : IDisposable
{
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_GiveDifferenceAndInterval_When_ARowNamesItsCell()
    {
        _table.Options = _table.Options with
        {
            Paper = Figures(
                [
                    new TableReferenceRow("NT Random 250", ["30.0 (3.0)", null, "80"]) { Cell = "Random/250/System2" },
                    new TableReferenceRow("LIMO", ["34.0", "1", "2"]),
                ]),
        };

        string folder = _table.Run();
        string[] csv = File.ReadAllLines(Path.Combine(folder, TableStage.Paper));
        string[] ours = File.ReadAllLines(Path.Combine(folder, TableStage.Csv))
            .Single(line => line.StartsWith("Random/250/System2,Random,250,System2,hard,", StringComparison.Ordinal)).Split(',');
        (decimal mean, decimal error, decimal tokens) = (100 * Number(ours[7]), 100 * Number(ours[8]), Number(ours[16]));

        Assert.Equal("row,cell,of,ours,published,published_se,difference,low,high", csv[0]);
        string[] accuracy = csv[1].Split(','), length = csv[2].Split(',');
        Assert.Equal(3, csv.Length);
        Assert.Equal(("NT Random 250", "hard", "30.00", "3.00"), (accuracy[0], accuracy[2], accuracy[4], accuracy[5]));
        Assert.Equal(mean, Number(accuracy[3]), 2);
        Assert.Equal(mean - 30, Number(accuracy[6]), 2);

        // Both errors in quadrature; 1.959964 is the normal quantile of 0.975.
        double reach = 1.959964 * Math.Sqrt((double)(error * error) + 9);
        Assert.Equal((double)(mean - 30) - reach, (double)Number(accuracy[7]), 0.06);
        Assert.Equal((double)(mean - 30) + reach, (double)Number(accuracy[8]), 0.06);

        Assert.Equal(("hard/tokens", "80.00", "", ""), (length[2], length[4], length[7], length[8]));
        Assert.Equal(tokens, Number(length[3]), 2);
        Assert.Contains(
            "| NT Random 250 | Random/250/System2 | hard | ", File.ReadAllText(Path.Combine(folder, TableStage.Markdown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SetNothingBeside_When_TheTableDoesNotSayWhatBelongsTogether()
    {
        string folder = _table.Run();

        Assert.False(File.Exists(Path.Combine(folder, TableStage.Paper)));
        Assert.DoesNotContain("Ours beside it", File.ReadAllText(Path.Combine(folder, TableStage.Markdown)), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_ColumnsAndBenchmarksAreNotAsMany()
    {
        _table.Options = _table.Options with { Paper = Figures([]) with { Of = ["hard"] } };

        Assert.Contains("'of' has 1 items", Assert.Throws<UserErrorException>(() => _table.Run()).Message, StringComparison.Ordinal);
    }

    private static TableReference Figures(IReadOnlyList<TableReferenceRow> rows) =>
        new("Published", ["GPQA-D", "MATH-500", "Tokens"], rows) { Of = ["hard", "free", "hard/tokens"] };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
