using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>Says how near the questions of a benchmark are to those of a pool; see <see cref="NearDuplicateCheck"/>.</summary>
public sealed class NearDuplicatesStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "near-duplicates";

    /// <summary>The role of the pool.</summary>
    public const string PoolRole = "pool";

    /// <summary>The role of the benchmark's questions.</summary>
    public const string QuestionsRole = "questions";

    private const string Rows = "near-duplicates.jsonl";
    private const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [PoolRole, QuestionsRole], [Rows, Report]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        List<Question> pool = QuestionRows.InOrder<Question>(context.Input(PoolRole), question => question.Id);
        List<Question> benchmark = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), question => question.Id);
        NearDuplicateReport report = NearDuplicateCheck.Compare(pool, benchmark);
        JsonLines.Write(context.Output(Rows), report.Nearest);
        JsonObject json = new()
        {
            ["words"] = NearDuplicateCheck.Words,
            ["quantiles"] = new JsonObject([.. new[] { 0.5, 0.9, 0.99, 1 }.Select(share =>
                KeyValuePair.Create<string, JsonNode?>(share.ToString(CultureInfo.InvariantCulture), report.Quantile(share)))]),
            ["histogram"] = new JsonArray([.. report.Histogram().Select(count => (JsonNode)count)]),
        };
        File.WriteAllText(context.Output(Report), CanonicalJson.WriteIndented(json));
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = report.Nearest.Count, ["same"] = report.Nearest.Count(row => row.Similarity == 1) },
        };
    }
}
