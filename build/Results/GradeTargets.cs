using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Build.Results;

/// <summary>The targets behind the grades of a cell.</summary>
internal static class GradeTargets
{
    /// <summary>The target that graded each repeat: the given one, or those whose grades it brought together.</summary>
    public static IReadOnlyList<string> Repeats(TargetGraph graph, string grades) => graph[grades].StageName != MeasureStage.Name
        ? [grades]
        : [.. Enumerable.Range(1, int.MaxValue - 1)
            .Select(repeat => graph[grades].Inputs.GetValueOrDefault(MeasureStage.GradesRole(repeat)))
            .TakeWhile(input => input is not null)
            .Select(input => input!.TargetAddress)];
}
