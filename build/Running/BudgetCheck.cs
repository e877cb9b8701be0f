using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// What a table's targets take of the profile's budget. Twins, such as one fine-tuned student asked in two modes, are one run. Findings train
/// nothing: each table that they are about has the budget.
/// </summary>
internal static class BudgetCheck
{
    /// <summary>One error for each part of the budget that was passed.</summary>
    /// <param name="session">Whose plan it is.</param>
    /// <param name="table">A table of the plan.</param>
    /// <param name="records">The record of each target of the table, by address.</param>
    public static IReadOnlyList<UserError> OfRuns(Session session, TablePlan table, IReadOnlyDictionary<string, RunRecord> records) => Of(
        session, table, "took", [.. records.Select(record => new Share(record.Key, record.Value.Key, record.Value.StageName, record.Value.Result))]);

    /// <summary>One error for each part of the budget that will likely be passed.</summary>
    /// <param name="session">Whose plan it is.</param>
    /// <param name="table">A table of the plan.</param>
    /// <param name="model">Predicts the targets without a record.</param>
    /// <param name="records">The records of those that are up to date, by address.</param>
    public static IReadOnlyList<UserError> OfPrediction(
        Session session, TablePlan table, CostModel model, IReadOnlyDictionary<string, RunRecord> records) => Of(
        session, table, "are predicted to take", [.. session.Graph.Closure([table.Address]).Select(address => new Share(
            address, session.Graph.DefinitionOf(address), session.Graph[address].StageName,
            records.TryGetValue(address, out RunRecord? record) ? record.Result : Predicted(model.Of(session.Graph[address]))))]);

    private static IReadOnlyList<UserError> Of(Session session, TablePlan table, string take, IReadOnlyList<Share> shares)
    {
        string[] others = [.. session.Plan.Tables.Where(other => other != table).Select(other => other.Name + "/")];
        string[] parts =
        [
            table.Name + "/",
            .. others.Where(other => shares.Any(share => share.Address.StartsWith(other, StringComparison.Ordinal))),
        ];
        return [.. parts
            .SelectMany(part => session.Plan.Budget.Check(
                shares.Where(share => !others.Any(other => other != part && share.Address.StartsWith(other, StringComparison.Ordinal)))
                    .DistinctBy(share => share.Run).Select(share => (share.Stage, share.Result)),
                take))
            .DistinctBy(error => error.ToString())];
    }

    private static StageResult Predicted(TargetCost cost) => new()
    {
        Counts = new(StringComparer.Ordinal)
        {
            [StageResult.TrainedTokens] = (long)cost.Trained,
            [StageResult.GeneratedTokens] = (long)cost.Generated,
        },
    };

    private sealed record Share(string Address, ContentHash Run, string Stage, StageResult Result);
}
