using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.ProtocolSpread;

/// <summary>
/// Grades the same answers by several protocols: accuracy and rates of each, and the answers on which they disagree. Nothing is generated
/// anew: it reads questions and answers.
/// </summary>
public sealed class ProtocolSpreadStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "protocol-spread";

    /// <summary>The file of the <see cref="ProtocolSpreadReport"/>.</summary>
    public const string Report = "report.json";

    /// <summary>The file of the <see cref="ProtocolDisagreement"/>s.</summary>
    public const string Disagreements = "disagreements.jsonl";

    private const string Csv = "protocols.csv";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [GradeStage.QuestionsRole, GradeStage.AnswersRole], [Csv, Report, Disagreements]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ProtocolSpreadOptions options = context.Options<ProtocolSpreadOptions>();
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        IGradingProtocol[] protocols = [.. options.Protocols.Select(name => ProtocolCatalog.Find(name)!)];
        List<AnsweredQuestion> rows = AnsweredQuestion.Read(context);
        Graded[][] grades = [.. rows.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Max(1, context.Threads)).WithCancellation(context.Cancellation)
            .Select(row => protocols.Select(protocol => Graded.Of(protocol, row.Answer.Output, row.Question)).ToArray())];

        ProtocolSummary[] summaries = [.. protocols.Select((protocol, i) => ProtocolSummary.Of(protocol.Id, [.. grades.Select(row => row[i])]))];
        int split = grades.Count(IsSplit);
        ProtocolSpreadReport report = new(rows.Count, split, summaries.Min(row => row.Accuracy), summaries.Max(row => row.Accuracy), summaries);
        report.Write(context.Output(Report));
        report.WriteCsv(context.Output(Csv));
        List<ProtocolDisagreement> disagreements =
            [.. rows.Zip(grades).Where(pair => IsOpen(pair.Second)).Select(pair => Disagreement(pair.First, protocols, pair.Second))];
        JsonLines.Write(context.Output(Disagreements), disagreements);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = rows.Count,
                ["protocols"] = protocols.Length,
                ["split"] = split,
                ["disagreements"] = disagreements.Count,
            },
        };
    }

    private static bool IsSplit(Graded[] row) => row.Select(grade => grade.Score).Distinct().Count() > 1;

    /// <summary>Split, or not read or not decided by one of the protocols.</summary>
    private static bool IsOpen(Graded[] row) => IsSplit(row) || row.Any(grade => grade.Verdict is not (Verdict.Right or Verdict.Wrong));

    private static ProtocolDisagreement Disagreement(AnsweredQuestion row, IGradingProtocol[] protocols, Graded[] grades) => new(
        row.Question.Id,
        ContentHash.OfText(row.Answer.Output).Hex,
        new(protocols.Zip(grades).ToDictionary(pair => pair.First.Id, pair => pair.Second.Verdict.ToString().ToLowerInvariant()), StringComparer.Ordinal));
}
