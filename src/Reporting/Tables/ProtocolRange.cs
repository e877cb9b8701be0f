using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.ProtocolSpread;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>How far a cell's accuracy moves with the grading protocol, the mean over its replicates.</summary>
/// <param name="LowestProtocol">The protocol that credits least.</param>
/// <param name="Lowest">Its accuracy.</param>
/// <param name="HighestProtocol">The protocol that credits most.</param>
/// <param name="Highest">Its accuracy.</param>
internal sealed record ProtocolRange(string LowestProtocol, double Lowest, string HighestProtocol, double Highest)
{
    /// <summary>The range of a cell; null where its answers were graded by one protocol.</summary>
    public static ProtocolRange? Read(StageContext context, CellScores scores)
    {
        string[] roles = [.. scores.Cell.Seeds.Select(seed => TableRoles.Spread(scores.Cell.Address, scores.Benchmark.Name, seed))];
        if (!roles.All(context.HasInput))
        {
            return null;
        }

        (string Protocol, double Accuracy)[] means =
        [
            .. roles.SelectMany(role => ProtocolSpreadReport.Read(context.Input(role)).Protocols)
                .GroupBy(row => row.Protocol, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Average(row => row.Accuracy)))
                .OrderBy(row => row.Item2),
        ];
        return new ProtocolRange(means[0].Protocol, means[0].Accuracy, means[^1].Protocol, means[^1].Accuracy);
    }
}
