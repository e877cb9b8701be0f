using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Reporting;
using NaturalThoughts.Selection;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets that cells share: the data, the benchmarks and their prompts, the base student.</summary>
internal static class SharedTargets
{
    /// <param name="targets">Where the targets go.</param>
    /// <param name="profile">The profile.</param>
    public static SharedOutputs Add(TargetList targets, Profile profile)
    {
        DataOutputs data = DataOutputs.Add(targets, profile.Data);
        Dictionary<string, Output> benchmarks = new(StringComparer.Ordinal);
        Dictionary<(string, string), Output> prompts = [];
        foreach (BenchmarkSettings benchmark in profile.Benchmarks)
        {
            Output questions = benchmarks[benchmark.Name] = targets.Add(benchmark.Source);
            foreach ((string mode, string template) in profile.Prompts)
            {
                prompts[(mode, benchmark.Name)] = targets.Add(
                    new Output($"prompts/{mode}/{benchmark.Name}", PromptsStage.Output),
                    PromptsStage.Name,
                    new() { ["template"] = template },
                    (PromptsStage.QuestionsRole, questions));
            }
        }

        AddWorldReports(targets, profile, data, benchmarks);
        Output student = BaseTargets.Add(targets, profile);
        return new SharedOutputs(data, student, BaseTargets.AddClusters(targets, profile, student, data.Questions), benchmarks, prompts);
    }

    // What people read about the world; no cell needs it.
    private static void AddWorldReports(TargetList targets, Profile profile, DataOutputs data, Dictionary<string, Output> benchmarks)
    {
        if (profile.Data.Teacher.Stage != WorldTeachStage.Name)
        {
            return;
        }

        foreach ((string name, Output questions) in benchmarks)
        {
            targets.Add(
                new Output($"{WorldSource.Name}/near-duplicates/{name}", null),
                NearDuplicatesStage.Name,
                [],
                (NearDuplicatesStage.PoolRole, data.Questions),
                (NearDuplicatesStage.QuestionsRole, questions));
        }

        targets.Add(
            new Output(WorldSource.Name + "/card", null),
            WorldCardStage.Name,
            new() { ["title"] = "The embedded world", ["notes"] = new JsonArray() },
            new[] { WorldCardStage.QuestionsRole, WorldCardStage.TracesRole, WorldCardStage.AnswersRole, WorldCardStage.AnnotationsRole, WorldCardStage.JudgementsRole }
                .Select(role => (role, data.Find(role)!.Value)));
    }
}
