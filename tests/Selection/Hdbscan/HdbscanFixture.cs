using System.Globalization;
using System.Text.Json;

namespace NaturalThoughts.Selection.Tests.Hdbscan;

/// <summary>One data set of Fixtures/hdbscan with its expected results.</summary>
internal sealed class HdbscanFixture
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private HdbscanFixture(double[] points, int n, int d, ExpectedFile expected)
    {
        Points = points;
        N = n;
        D = d;
        Expected = expected;
    }

    public double[] Points { get; }

    public int N { get; }

    public int D { get; }

    public ExpectedFile Expected { get; }

    public static string Root => Path.Combine(AppContext.BaseDirectory, "Fixtures", "hdbscan");

    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static HdbscanFixture Load(string name)
    {
        double[][] rows = File.ReadLines(Path.Combine(Root, name, "points.csv"))
            .Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        ExpectedFile expected = JsonSerializer.Deserialize<ExpectedFile>(File.ReadAllText(Path.Combine(Root, name, "expected.json")), Json)!;
        return new HdbscanFixture([.. rows.SelectMany(row => row)], rows.Length, rows[0].Length, expected);
    }

    internal sealed record ExpectedFile(List<Hierarchy> Hierarchies, List<Tree> Trees, List<Case> Cases);

    internal sealed record Hierarchy(int K, double[] Heights, double[]? CoreDistances);

    internal sealed record Tree(int K, int MinClusterSize, ClusterColumns Clusters, PointColumns? Points);

    internal sealed record ClusterColumns(int[] Id, int[] Parent, double[] BirthLambda, int[] Size, double[] MaxLambda, double[] Stability);

    internal sealed record PointColumns(int[] Parent, double[] Lambda);

    internal sealed record Case(
        string Id, int MinClusterSize, int? MinSamples, int K, string ClusterSelectionMethod, double ClusterSelectionEpsilon, bool AllowSingleCluster,
        int[] Labels, double[] Probabilities, int[] Selected, double[] Stability, double[] Persistence);
}
