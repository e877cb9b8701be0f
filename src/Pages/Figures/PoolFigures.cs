using System.Globalization;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Figures;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages.Figures;

/// <summary>What the pool looks like: histograms, and a map of its clusters.</summary>
internal static class PoolFigures
{
    /// <summary>The most points of the map: every k-th question in ordinal order of the ids, so that the page stays light.</summary>
    public const int MostPoints = 1500;

    private const int Side = 560;
    private const int Named = 7; // clusters with a colour of their own

    /// <summary>The figures of a pool, in the order of the page.</summary>
    public static IEnumerable<ReportFigure> Of(ReportPool pool)
    {
        string from = Invariant($"{pool.Rows.Count} questions of {pool.Source}.");
        yield return Bars("pool/length", "Traces by length", "Length of the teacher's trace in tokens. " + from, Lengths(pool.Rows));
        yield return Bars("pool/strategies", "Traces by reasoning strategy", "A trace may have several. " + from, Count(pool.Rows, row => row.Strategies));
        yield return Bars("pool/domains", "Questions by domain", from, Count(pool.Rows, row => [row.Domain]));
        yield return Bars("pool/verbosity", "Traces by verbosity", "0 is terse, 10 very wordy. " + from, pool.Rows
            .GroupBy(row => row.Verbosity).OrderBy(group => group.Key).Select(group => KeyValuePair.Create(Invariant($"{group.Key}"), group.Count())));
        if (pool.Map is { Vectors.Count: > 1 } map)
        {
            yield return Map(map.Source, map.Vectors, map.Clusters);
        }
    }

    private static ReportFigure Bars(string name, string title, string caption, IEnumerable<KeyValuePair<string, int>> counts) =>
        new(name, title, caption, BarFigure.Write(title, counts));

    private static IEnumerable<KeyValuePair<string, int>> Count(IReadOnlyList<PoolQuestion> rows, Func<PoolQuestion, IReadOnlyList<string>> labels) => rows
        .SelectMany(labels).GroupBy(label => label, StringComparer.Ordinal)
        .Select(group => KeyValuePair.Create(group.Key, group.Count()))
        .OrderByDescending(bar => bar.Value).ThenBy(bar => bar.Key, StringComparer.Ordinal)
        .Take(40);

    // Classes that double: 0-15, 16-31, 32-63, ...
    private static IEnumerable<KeyValuePair<string, int>> Lengths(IReadOnlyList<PoolQuestion> rows)
    {
        int longest = rows.Max(row => row.Tokens);
        for (long low = 0, high = 16; low <= longest; low = high, high *= 2)
        {
            (long from, long to) = (low, high);
            yield return KeyValuePair.Create(Invariant($"{from}-{to - 1}"), rows.Count(row => row.Tokens >= from && row.Tokens < to));
        }
    }

    private static ReportFigure Map(string source, IReadOnlyList<Embedding> vectors, IReadOnlyList<ClusterAssignment> clusters)
    {
        Dictionary<string, int> clusterOf = clusters.ToDictionary(row => row.QuestionId, row => row.Cluster, StringComparer.Ordinal);
        int[] largest = [.. clusters.Where(row => row.Cluster >= 0).GroupBy(row => row.Cluster)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(Named).Select(group => group.Key)];
        Embedding[] rows = [.. vectors.OrderBy(row => row.QuestionId, StringComparer.Ordinal)];
        (IReadOnlyList<(double X, double Y)> points, double first, double second) = Projection.Of(rows);
        int every = (rows.Length + MostPoints - 1) / MostPoints;
        Scale x = Scale.Around(points.Select(point => point.X), points.Select(point => point.X)), y = Scale.Around(
            points.Select(point => point.Y), points.Select(point => point.Y));
        SvgCanvas canvas = new(Side + 60, Side + 110, "Map of the pool's clusters");
        foreach (double tick in x.Ticks)
        {
            canvas.Line(40 + (x.Share(tick) * Side), 10, 40 + (x.Share(tick) * Side), 10 + Side, "#e4e4e4");
        }

        foreach (double tick in y.Ticks)
        {
            canvas.Line(40, 10 + Side - (y.Share(tick) * Side), 40 + Side, 10 + Side - (y.Share(tick) * Side), "#e4e4e4");
        }

        // What has no colour lies below.
        int[] drawn = [.. Enumerable.Range(0, rows.Length).Where(i => i % every == 0)];
        int Series(int i) => Array.IndexOf(largest, clusterOf.GetValueOrDefault(rows[i].QuestionId, -1));
        (double X, double Y) At(int i) => (40 + (x.Share(points[i].X) * Side), 10 + Side - (y.Share(points[i].Y) * Side));
        canvas.Dots(drawn.Where(i => Series(i) < 0).Select(At), 3, "#9a9a9a");
        foreach (int i in drawn.Where(i => Series(i) >= 0))
        {
            canvas.Marker(At(i).X, At(i).Y, Palette.Color(Series(i) + 1), Series(i));
        }

        canvas.Text(40 + (Side / 2), Side + 30, Invariant($"first principal component ({100 * first:0} % of the variance)"), "middle");
        canvas.Text(18, 10 + (Side / 2), Invariant($"second ({100 * second:0} %)"), "middle", Invariant($"transform=\"rotate(-90 18 {10 + (Side / 2)})\""));
        for (int k = 0; k < largest.Length; k++)
        {
            double lx = 50 + (k % 4 * 140), ly = Side + 56 + (k / 4 * 20);
            canvas.Marker(lx, ly, Palette.Color(k + 1), k);
            canvas.Text(lx + 10, ly + 4, Invariant($"cluster {largest[k]}: {clusters.Count(row => row.Cluster == largest[k])}"));
        }

        canvas.Rectangle(46, Side + 92, 8, 8, "#9a9a9a");
        int others = clusters.Count(row => row.Cluster >= 0 && !largest.Contains(row.Cluster));
        canvas.Text(60, Side + 100, Invariant($"other clusters: {others}; noise: {clusters.Count(row => row.Cluster < 0)}"));
        string thinned = every > 1 ? Invariant($" Every {every}th question is drawn; axes and counts are of all.") : "";
        return new ReportFigure(
            "pool/map",
            "Map of the pool's clusters",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Embeddings of {rows.Length} questions on their first two principal components; the {largest.Length} largest of the clusters of {source} have "
                + $"a colour and a shape. Clusters were found in all dimensions, so they may overlap here.") + thinned,
            canvas.Finish());
    }
}
