namespace NaturalThoughts.Pipeline.Graph;

/// <summary>Draws what a target needs as a tree. A target that several others need is drawn out once.</summary>
public static class TargetTree
{
    /// <summary>The lines of the tree below <paramref name="address"/>, without line ends.</summary>
    /// <param name="graph">The plan.</param>
    /// <param name="address">The root.</param>
    /// <param name="label">Text behind each address, such as its state; null for none.</param>
    /// <exception cref="Contracts.UserErrorException">The address is unknown.</exception>
    public static IReadOnlyList<string> Lines(TargetGraph graph, string address, Func<Target, string?>? label = null) => Lines(graph, [address], label);

    /// <summary>The lines of the trees below several roots; what they share is drawn out once.</summary>
    /// <inheritdoc cref="Lines(TargetGraph, string, Func{Target, string?}?)" />
    public static IReadOnlyList<string> Lines(TargetGraph graph, IReadOnlyList<string> addresses, Func<Target, string?>? label = null)
    {
        List<string> lines = [];
        HashSet<string> drawn = new(StringComparer.Ordinal);
        foreach (string address in addresses)
        {
            Draw(graph[address], "", "");
        }

        return lines;

        void Draw(Target target, string first, string rest)
        {
            IReadOnlyList<string> dependencies = graph.DependenciesOf(target.Address);
            bool again = !drawn.Add(target.Address);
            string text = label?.Invoke(target) is { Length: > 0 } note ? " " + note : "";
            lines.Add(first + target.Address + text + (again && dependencies.Count > 0 ? " (see above)" : ""));
            if (again)
            {
                return;
            }

            for (int i = 0; i < dependencies.Count; i++)
            {
                bool last = i == dependencies.Count - 1;
                Draw(graph[dependencies[i]], rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
            }
        }
    }
}
