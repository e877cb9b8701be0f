using System.Globalization;

namespace NaturalThoughts.Pipeline.Graph;

/// <summary>A graph of targets as a document that other tools lay out: an arrow leads from what a target needs to the target.</summary>
public static class TargetDrawing
{
    /// <summary>The names of the languages.</summary>
    public static IReadOnlyList<string> Known { get; } = ["mermaid", "dot"];

    /// <summary>The lines of a document, without line ends: roots and all that they need, in the order of the plan.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="addresses">The roots.</param>
    /// <param name="language">One of <see cref="Known"/>: a Mermaid flowchart, or the DOT of Graphviz.</param>
    /// <exception cref="Contracts.UserErrorException">An address is unknown.</exception>
    public static IReadOnlyList<string> Lines(TargetGraph graph, IReadOnlyList<string> addresses, string language)
    {
        IReadOnlyList<string> closure = graph.Closure([.. addresses]);
        Dictionary<string, string> names = closure.Select((address, i) => (address, name: string.Create(CultureInfo.InvariantCulture, $"n{i}")))
            .ToDictionary(node => node.address, node => node.name, StringComparer.Ordinal);
        IEnumerable<(string From, string To)> arrows = closure.SelectMany(address =>
            graph.DependenciesOf(address).Select(needed => (names[needed], names[address])));
        return language == "dot"
            ?
            [
                "digraph targets {",
                "  rankdir=LR;",
                "  node [shape=box];",
                .. closure.Select(address =>
                    $"  {names[address]} "
                    + $"[label=\"{address.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"];"),
                .. arrows.Select(arrow => $"  {arrow.From} -> {arrow.To};"),
                "}",
            ]
            :
            [
                "flowchart LR",
                .. closure.Select(address => $"  {names[address]}[\"{address.Replace("\"", "#quot;", StringComparison.Ordinal)}\"]"),
                .. arrows.Select(arrow => $"  {arrow.From} --> {arrow.To}"),
            ];
    }
}
