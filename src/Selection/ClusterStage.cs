using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Selection.Hdbscan;

namespace NaturalThoughts.Selection;

/// <summary>
/// Clusters embeddings with HDBSCAN*: clusters.jsonl in ordinal order of the questions, hierarchy.json with the sizes and
/// stabilities. Neither depends on the order of the embeddings.
/// </summary>
public sealed class ClusterStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "cluster";

    /// <summary>The role of the embeddings.</summary>
    public const string EmbeddingsRole = "embeddings";

    /// <summary>The file with the cluster of each question.</summary>
    public const string Output = "clusters.jsonl";

    private const string HierarchyFile = "hierarchy.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [EmbeddingsRole], [Output, HierarchyFile]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ClusterOptions options = context.Options<ClusterOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        string path = context.Input(EmbeddingsRole);
        List<Embedding> rows = [.. QuestionRows.InOrder<Embedding>(path, row => row.QuestionId).OrderBy(row => row.QuestionId, StringComparer.Ordinal)];
        float[] points = Points(rows, path, out int width); // [rows, width]
        HdbscanOptions settings = new()
        {
            MinClusterSize = options.MinClusterSize,
            MinSamples = options.MinSamples,
            Method = options.Method == ClusterOptions.Leaf ? ClusterSelectionMethod.Leaf : ClusterSelectionMethod.ExcessOfMass,
        };
        HdbscanResult result = HdbscanClusterer.Fit(points, rows.Count, width, settings, context.Threads);

        JsonLines.Write(
            context.Output(Output),
            rows.Select((row, i) => new ClusterAssignment(row.QuestionId, result.Labels[i], result.Probabilities[i])));
        int noise = result.Labels.Count(label => label < 0);
        File.WriteAllText(context.Output(HierarchyFile), Hierarchy(rows.Count, width, noise, result), new UTF8Encoding(false));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = rows.Count, ["clusters"] = result.Clusters.Count, ["noise"] = noise },
            Warnings = [.. Warnings(rows.Count, result.Clusters.Count, noise)],
        };
    }

    private static float[] Points(List<Embedding> rows, string path, out int width)
    {
        width = rows.Count > 0 ? rows[0].Vector.Length : 1;
        float[] points = new float[rows.Count * width];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Vector.Length != width || width == 0)
            {
                throw new UserErrorException(
                    $"The vector of '{rows[i].QuestionId}' has {rows[i].Vector.Length} numbers, that of '{rows[0].QuestionId}' {width}.", path,
                    "All vectors have the same length, 1 or more.");
            }

            if (!rows[i].Vector.All(float.IsFinite))
            {
                throw new UserErrorException(
                    $"The vector of '{rows[i].QuestionId}' holds a number that is not finite.", path, "The checkpoint that embedded it has likely diverged.");
            }

            rows[i].Vector.CopyTo(points, i * width);
        }

        return points;
    }

    private static string Hierarchy(int count, int width, int noise, HdbscanResult result) => CanonicalJson.WriteIndented(new JsonObject
    {
        ["rows"] = count,
        ["dimensions"] = width,
        ["noise"] = noise,
        ["treeClusters"] = result.Tree.Clusters.Count,
        ["clusters"] = new JsonArray([.. result.Clusters.Select((cluster, label) => new JsonObject
        {
            ["cluster"] = label,
            ["size"] = cluster.Size,
            ["stability"] = Number(cluster.Stability),
            ["persistence"] = Number(cluster.Persistence),
        })]),
    });

    // JSON has no infinity, which copies of a point give.
    private static JsonNode Number(double value) => double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Warnings(int count, int clusters, int noise)
    {
        if (clusters < 2)
        {
            yield return $"Only {clusters} clusters were found: SemanticEmbeddings is then Random over them. Lower minClusterSize or minSamples.";
        }

        if (noise * 2L > count)
        {
            yield return $"{noise} of {count} questions are noise, more than half. Lower minSamples or minClusterSize.";
        }
    }
}
