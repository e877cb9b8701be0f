using System.Text.Json.Nodes;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Build.Display;

/// <summary>Tells before a run how many calls of remote models it may make, and what they may cost at most.</summary>
internal static class CallLines
{
    /// <summary>A line for each endpoint and model of targets that are no hits, then one of all; none where nothing is called.</summary>
    public static IEnumerable<string> Of(TargetGraph graph, IReadOnlyList<Explanation> items)
    {
        Dictionary<string, RunRecord> hits = items.Where(item => item.Record is not null)
            .ToDictionary(item => item.Address, item => item.Record!, StringComparer.Ordinal);
        List<CallPlan> plans = [.. items
            .Where(item => item.Verdict != RunVerdict.Hit && StageCatalog.Create(graph[item.Address].StageName).Description.CallsModels)
            .Select(item => CallPlan.Of(graph, item.Address, hits))];
        foreach (IGrouping<(string Url, string Model, string Stage), CallPlan> group in plans.GroupBy(plan => (plan.Url, plan.Model, plan.Stage)))
        {
            yield return $"Calls of {group.Key.Model} at {group.Key.Url} by {group.Key.Stage}: {Words([.. group])}.";
        }

        if (plans.Count > 0)
        {
            yield return $"Calls of models, all together: {Words(plans)}; repairs and repeats not counted, kept calls cost nothing. "
                + "--max-calls and --max-cost limit them.";
        }
    }

    private static string Words(IReadOnlyList<CallPlan> plans)
    {
        long calls = plans.Sum(plan => plan.Calls ?? 0);
        bool isKnown = plans.All(plan => plan.Calls is not null);
        decimal cost = plans.Sum(plan => plan.Cost ?? 0);
        string number = isKnown
            ? $"up to {Format.Many(calls, "call")}"
            : calls > 0
            ? $"up to {Format.Many(calls, "call")} and those of questions that are not counted yet"
            : "as many as there are questions, which are not counted yet";
        string price = plans.All(plan => plan.Prices == new CallPrices()) ? "no price is given"
            : FormattableString.Invariant(
                $"replies cost at most {cost:0.00}{(isKnown ? "" : " of those that are counted")}, if each were as long as maxTokens, prompts not counted");
        string tokens = plans.Any(plan => plan.Calls > 0 && plan.MaxTokens > 0)
            ? $" of at most {Format.Many(plans.Sum(plan => (plan.Calls ?? 0) * plan.MaxTokens), "token")} of replies"
            : "";
        return $"{number}{tokens}, {price}";
    }

    /// <summary>What one target may call.</summary>
    private sealed record CallPlan(string Url, string Model, string Stage, long? Calls, decimal? Cost, CallPrices Prices, long MaxTokens)
    {
        public static CallPlan Of(TargetGraph graph, string address, IReadOnlyDictionary<string, RunRecord> hits)
        {
            Target target = graph[address];
            JsonObject parameters = target.Parameters;
            EndpointOptions endpoint = StageParameters.Read<EndpointOptions>(parameters["endpoint"]!.AsObject());
            string rows = target.StageName == AnswerStage.Name ? AnswerStage.PromptsRole : TeachStage.QuestionsRole;
            int shards = (int?)parameters["shard"]?["count"] ?? 1;
            long each = target.StageName switch
            {
                AnnotateStage.Name => parameters["tasks"]!.AsArray().Count,
                JudgeModelStage.Name => 2,
                _ => 1,
            };
            long? calls = Rows(graph, target.Inputs[rows].TargetAddress, hits) is { } count ? (count + shards - 1) / shards * each : null;
            long tokens = endpoint.Sampling.MaxTokens;
            if (target.StageName == EmbedModelStage.Name)
            {
                // A call has many texts, and its reply no tokens.
                int batch = StageParameters.Read<EmbedModelOptions>(parameters).Batch;
                (calls, tokens) = ((calls + batch - 1) / batch, 0);
            }

            return new CallPlan(
                endpoint.Url, endpoint.Model, target.StageName, calls, calls is null ? null : endpoint.Prices.Of(0, calls.Value * tokens),
                endpoint.Prices, tokens);
        }

        // As many as a run counted, or as its parameters say; prompts and clean questions are as many as questions at most.
        private static long? Rows(TargetGraph graph, string address, IReadOnlyDictionary<string, RunRecord> hits)
        {
            if (hits.TryGetValue(address, out RunRecord? record) && record.Result.Counts.TryGetValue("rows", out long rows))
            {
                return rows;
            }

            Target target = graph[address];
            return (long?)target.Parameters["count"] ?? (long?)target.Parameters["rows"]
                ?? (target.Inputs.TryGetValue(TeachStage.QuestionsRole, out TargetInput? from) ? Rows(graph, from.TargetAddress, hits) : null);
        }
    }
}
