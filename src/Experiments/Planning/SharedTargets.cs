using NaturalThoughts.Experiments.Data;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Reporting;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets that cells share: the data, the benchmarks and their prompts, the base student.</summary>
internal static class SharedTargets
{
    /// <param name="targets">Where the targets go.</param>
    /// <param name="profile">The profile.</param>
    public static SharedOutputs Add(TargetList targets, Profile profile)
    {
        BenchmarkTargets benchmarks = new(targets, profile);
        DataOutputs data = DataOutputs.Add(targets, profile.Data, benchmarks);
        foreach (BenchmarkSettings benchmark in profile.Benchmarks.Where(benchmark => !benchmark.Shuffled))
        {
            foreach (string mode in profile.Prompts.Keys)
            {
                benchmarks.Prompts(mode, benchmark, 1);
            }
        }

        AddWorldReports(targets, profile, data, benchmarks);
        Output student = BaseTargets.Add(targets, profile);
        Output clusters = BaseTargets.AddClusters(targets, profile, student, data.Questions);
        return new SharedOutputs(data, student, new SelectionInputs(targets, profile, data, benchmarks, student, clusters), benchmarks);
    }

    // What people read about the world; no cell needs it.
    private static void AddWorldReports(TargetList targets, Profile profile, DataOutputs data, BenchmarkTargets benchmarks)
    {
        if (profile.Data.Teacher.Stage != WorldTeachStage.Name || profile.Data.Second is null)
        {
            return;
        }

        foreach (BenchmarkSettings benchmark in profile.Benchmarks.Where(benchmark => benchmark.Source.Outside is null))
        {
            targets.Add(
                new Output($"{WorldSource.Name}/near-duplicates/{benchmark.Name}", null),
                NearDuplicatesStage.Name,
                [],
                (NearDuplicatesStage.PoolRole, data.Questions),
                (NearDuplicatesStage.QuestionsRole, benchmarks.Source(benchmark)));
        }

        targets.Add(
            new Output(WorldSource.Name + "/natural-reasoning", NaturalReasoningStage.Output),
            NaturalReasoningStage.Name,
            StageParameters.Of(new NaturalReasoningOptions { Model = WorldSource.Name }),
            (NaturalReasoningStage.QuestionsRole, data.Questions),
            (NaturalReasoningStage.AnswersRole, data.Find(WorldCardStage.AnswersRole)!.Value));
        string[] shown =
        [
            WorldCardStage.QuestionsRole, WorldCardStage.TracesRole, WorldCardStage.AnswersRole, WorldCardStage.AnnotationsRole,
            WorldCardStage.JudgementsRole,
        ];
        targets.Add(
            new Output(WorldSource.Name + "/card", null),
            WorldCardStage.Name,
            StageParameters.Of(new WorldCardOptions()),
            shown.Select(role => (role, data.Find(role)!.Value)));
    }
}
