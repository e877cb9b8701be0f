using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public sealed class ClusterStageTests : IDisposable
{
    private const string Parameters = """{"minClusterSize": 5, "minSamples": 2, "method": "eom"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("cluster-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_FindTheGroups_When_TheyAreApart()
    {
        StageResult result = Run(Groups(3, 12, stray: 4), Parameters);
        Dictionary<string, int> clusters = Clusters().ToDictionary(row => row.QuestionId, row => row.Cluster);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(group => clusters[$"g{group}-03"]));
        Assert.All(clusters.Where(pair => pair.Key[0] == 'g'), pair => Assert.Equal(pair.Key[1] - '0', pair.Value));
        Assert.All(clusters.Where(pair => pair.Key[0] == 'z'), pair => Assert.Equal(-1, pair.Value));
        Assert.Equal((40L, 3L, 4L), (result.Counts["rows"], result.Counts["clusters"], result.Counts["noise"]));
        Assert.Empty(result.Warnings);

        JsonNode hierarchy = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "hierarchy.json")))!;
        Assert.Equal(4, (int)hierarchy["noise"]!);
        Assert.Equal([12, 12, 12], hierarchy["clusters"]!.AsArray().Select(cluster => (int)cluster!["size"]!));
        Assert.All(hierarchy["clusters"]!.AsArray(), cluster => Assert.True((double)cluster!["stability"]! > 0));
    }

    [Fact]
    public void Should_WriteTheSameBytes_When_RowsArePermuted()
    {
        List<Embedding> rows = Groups(4, 9, stray: 6);
        Run(rows, Parameters);
        byte[] clusters = File.ReadAllBytes(Path.Combine(_folder, "clusters.jsonl"));
        byte[] hierarchy = File.ReadAllBytes(Path.Combine(_folder, "hierarchy.json"));
        SeededRandom.From("x").Shuffle(rows);
        Run(rows, Parameters, threads: 2);
        Assert.Equal(clusters, File.ReadAllBytes(Path.Combine(_folder, "clusters.jsonl")));
        Assert.Equal(hierarchy, File.ReadAllBytes(Path.Combine(_folder, "hierarchy.json")));
    }

    [Fact]
    public void Should_Warn_When_MostIsNoiseOrThereIsOneCluster()
    {
        StageResult noisy = Run(Groups(2, 5, stray: 12), Parameters);
        Assert.Contains("12 of 22 questions are noise", Assert.Single(noisy.Warnings));
        Assert.Empty(Run(Groups(2, 5, stray: 10), Parameters).Warnings);
        Assert.Contains("0 clusters", Run(Groups(1, 3, stray: 0), Parameters).Warnings[0]);
    }

    [Fact]
    public void Should_WriteInfinityAsText_When_QuestionsAreCopies()
    {
        List<Embedding> rows = [.. Groups(2, 6, stray: 0).Select(row => row with { Vector = [row.QuestionId[1] - '0', 0] })];
        Run(rows, Parameters);
        Assert.Contains("\"stability\": \"Infinity\"", File.ReadAllText(Path.Combine(_folder, "hierarchy.json")));
    }

    [Fact]
    public void Should_NameTheQuestion_When_VectorsAreWrong()
    {
        List<Embedding> rows = Groups(2, 6, stray: 0);
        rows[4] = rows[4] with { Vector = [1, 2, 3] };
        Assert.Contains("'g0-04' has 3 numbers", Assert.Throws<UserErrorException>(() => Run(rows, Parameters)).Message);
        File.WriteAllText(Path.Combine(_folder, "bad.jsonl"), """{"questionId":"a","vector":[1,1e999]}""");
        Assert.Contains(
            "'a' holds a number that is not finite",
            Assert.Throws<UserErrorException>(() => RunFile(Path.Combine(_folder, "bad.jsonl"), Parameters, 1)).Message);
    }

    [Theory]
    [InlineData("""{"minClusterSize": 1, "method": "eom"}""", "minClusterSize")]
    [InlineData("""{"minClusterSize": 5, "minSamples": 0, "method": "eom"}""", "minSamples")]
    [InlineData("""{"minClusterSize": 5, "method": "leaves"}""", "method")]
    public void Should_NameTheParameter_When_ItIsWrong(string parameters, string location) =>
        Assert.Equal(location, Assert.Single(Assert.Throws<UserErrorException>(() => Run(Groups(2, 6, stray: 0), parameters)).Errors).Location);

    /// <summary>Tight groups on a line, and strays far from everything and from each other.</summary>
    private static List<Embedding> Groups(int groups, int size, int stray) =>
    [
        .. from g in Enumerable.Range(0, groups)
           from i in Enumerable.Range(0, size)
           select new Embedding($"g{g}-{i:D2}", [(g * 10) + (0.01f * i), 0.001f * i * i]),
        .. Enumerable.Range(0, stray).Select(i => new Embedding($"z{i:D2}", [0, 1000f * (1 << i)])),
    ];

    private List<ClusterAssignment> Clusters() => JsonLines.Read<ClusterAssignment>(Path.Combine(_folder, "clusters.jsonl"));

    private StageResult Run(List<Embedding> rows, string parameters, int threads = 1)
    {
        string path = Path.Combine(_folder, "embeddings.jsonl");
        JsonLines.Write(path, rows);
        return RunFile(path, parameters, threads);
    }

    private StageResult RunFile(string path, string parameters, int threads) => new ClusterStage().Run(new StageContext
    {
        Parameters = JsonNode.Parse(parameters)!.AsObject(),
        Inputs = new Dictionary<string, string> { ["embeddings"] = path },
        OutputFolder = _folder,
        Threads = threads,
    });
}
