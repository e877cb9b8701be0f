using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments.Costs;

/// <summary>How many rows targets read and write, as far as a plan tells.</summary>
/// <param name="profile">The profile.</param>
/// <param name="graph">The plan's targets.</param>
internal sealed class RowCounts(Profile profile, TargetGraph graph)
{
    // The inputs whose rows a stage writes one for one, the first that it has.
    private static readonly string[] Followed =
    [
        ComposeStage.SelectionRole, FineTuneStage.TrainingRole, GenerateStage.PromptsRole, Roles.Questions, MeasureStage.GradesRole(1),
        GenerateStage.CheckpointRole,
        ClusterStage.EmbeddingsRole, PretrainStage.CorpusRole, NearDuplicatesStage.PoolRole, GradeStage.AnswersRole,
    ];

    private readonly Dictionary<string, double> _rows = new(StringComparer.Ordinal);

    /// <summary>How many rows the target at an address has, as far as the plan tells.</summary>
    public double Of(string address)
    {
        if (!_rows.TryGetValue(address, out double rows))
        {
            _rows[address] = rows = Count(graph[address]);
        }

        return rows;
    }

    /// <summary>The benchmark that a target's questions are of; null for none.</summary>
    public BenchmarkSettings? BenchmarkOf(Target target)
    {
        for (Target? at = target; at is not null; at = Next(at))
        {
            if (profile.Benchmarks.FirstOrDefault(benchmark => benchmark.Source.Output.Address == at.Address) is { } benchmark)
            {
                return benchmark;
            }
        }

        return null;

        Target? Next(Target at) =>
            new[] { GenerateStage.PromptsRole, GradeStage.QuestionsRole, MeasureStage.QuestionsRole(1) }.Select(role => at.Inputs.GetValueOrDefault(role))
                .FirstOrDefault(input => input is not null) is { } from
                ? graph[from.TargetAddress]
                : null;
    }

    private double Count(Target target)
    {
        if (profile.Benchmarks.FirstOrDefault(benchmark => benchmark.Source.Output.Address == target.Address) is { } benchmark)
        {
            return benchmark.Count ?? 0;
        }

        if (target.Address == profile.Data.Questions.Output.Address)
        {
            return profile.Data.Count ?? profile.Costs?.Questions ?? 0;
        }

        if (target.StageName == SelectStage.Name)
        {
            return JsonNumber.Of(target.Parameters["size"]) ?? 0;
        }

        if (target.StageName is WorldCorpusStage.Name or WorldPoolStage.Name or WorldBenchmarkStage.Name)
        {
            return JsonNumber.Of(target.Parameters["count"]) ?? 0;
        }

        if (target.StageName == MeasureStage.Name)
        {
            return Enumerable.Range(1, target.Inputs.Count).Select(repeat => target.Inputs.GetValueOrDefault(MeasureStage.GradesRole(repeat)))
                .OfType<TargetInput>().Sum(input => Of(input.TargetAddress));
        }

        TargetInput? source = Followed.Select(role => target.Inputs.GetValueOrDefault(role)).FirstOrDefault(input => input is not null);

        // A part of a pool is asked for its share.
        return source is null ? 0 : Of(source.TargetAddress) / (JsonNumber.Of(target.Parameters["shard"]?["count"]) ?? 1);
    }
}
