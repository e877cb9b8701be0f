using System.Xml.Linq;

namespace NaturalThoughts.Reporting.Tests;

public sealed class SizeFigureTests : IDisposable
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly SyntheticTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Should_DrawEverySeriesAndTheBase_When_TableHasThem()
    {
        XElement figure = XDocument.Parse(_table.Text("figure.svg")).Root!;
        string[] texts = [.. figure.Elements(Svg + "text").Select(text => text.Value)];

        // Two panels with two series each; the base as a dashed line in each panel, and once in the legend.
        Assert.Equal(4, figure.Elements(Svg + "polyline").Count());
        Assert.Equal(3, figure.Elements(Svg + "line").Count(line => (string?)line.Attribute("stroke") == "#777777"));
        Assert.Contains("Random (System2)", texts);
        Assert.Contains("no training set (base)", texts);
        Assert.Contains("1000", texts);
    }

    [Fact]
    public void Should_PutBetterStudentsHigher_When_PointsAreDrawn()
    {
        XElement figure = XDocument.Parse(_table.Text("figure.svg")).Root!;
        double[] heights = [.. figure.Elements(Svg + "polyline").First(line => (string?)line.Attribute("stroke") == "#E69F00").Attribute("points")!.Value
            .Split(' ').Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];

        Assert.True(heights[1] < heights[0]);
    }

    [Fact]
    public void Should_LeaveTheBaseOutOfTheLegend_When_ThereIsNone()
    {
        _table.Options = _table.Options with { Title = "a < b & \"c\"", Cells = [.. _table.Options.Cells.Skip(1)] };

        string text = _table.Text("figure.svg");

        Assert.DoesNotContain("base", text, StringComparison.Ordinal);
        Assert.Contains("a < b & \"c\"", XDocument.Parse(text).Root!.Elements(Svg + "text").First().Value, StringComparison.Ordinal);
    }
}
