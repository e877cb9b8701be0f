using System.Text.Json.Nodes;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Build.Results;

/// <summary>Whether a target holds texts of a benchmark whose texts may not leave the store.</summary>
internal static class Confidential
{
    /// <summary>True where the target, or what it is made from, is declared confidential.</summary>
    public static bool Is(TargetGraph graph, string target) =>
        graph.Closure([target]).Any(address =>
            graph[address].Parameters["confidential"] is JsonValue value && value.TryGetValue(out bool isConfidential) && isConfidential);

    /// <summary>True where the target or one of its questions is confidential.</summary>
    public static bool Is(TargetGraph graph, string target, IEnumerable<Question> questions) => Is(graph, target) || questions.Any(Is);

    /// <summary>True for a question that came from a source declared confidential.</summary>
    public static bool Is(Question question) => question.Meta.ContainsKey(QuestionMeta.Confidential);
}
