namespace NaturalThoughts.Answers.Mathematics;

/// <summary>
/// A set of real numbers with finitely many edges: which edges belong to it, and which of the gaps before, between and after them.
/// </summary>
internal sealed record RealSet(Node[] Edges, bool[] AtEdge, bool[] InGap)
{
    public static RealSet All { get; } = new([], [], [true]);

    public static RealSet Empty { get; } = new([], [], [false]);

    public static RealSet Point(Node value) => new([value], [true], [false, false]);

    /// <summary>The numbers between two bounds; null is an infinite one.</summary>
    public static RealSet Interval(Node? low, Node? high, bool lowClosed, bool highClosed, Work work)
    {
        if (low is not null && high is not null)
        {
            int order = Order.Compare(low, high, work);
            return order > 0 || (order == 0 && !(lowClosed && highClosed)) ? Empty
                : order == 0 ? Point(low)
                : new([low, high], [lowClosed, highClosed], [false, true, false]);
        }

        return low is not null ? new([low], [lowClosed], [false, true])
            : high is not null ? new([high], [highClosed], [true, false])
            : All;
    }

    public RealSet Union(RealSet other, Work work) => Combined(other, (a, b) => a || b, work);

    public RealSet Intersection(RealSet other, Work work) => Combined(other, (a, b) => a && b, work);

    public RealSet Without(RealSet other, Work work) => Combined(other, (a, b) => a && !b, work);

    public bool IsEmpty => !AtEdge.Contains(true) && !InGap.Contains(true);

    /// <summary>Whether both hold the same numbers.</summary>
    public bool Same(RealSet other, Work work) => Combined(other, (a, b) => a != b, work).IsEmpty;

    private RealSet Combined(RealSet other, Func<bool, bool, bool> keep, Work work)
    {
        List<Node> edges = [];
        List<bool> at = [];
        List<bool> gaps = [keep(InGap[0], other.InGap[0])];
        (int i, int j) = (0, 0);
        while (i < Edges.Length || j < other.Edges.Length)
        {
            int order = i == Edges.Length ? 1 : j == other.Edges.Length ? -1 : Order.Compare(Edges[i], other.Edges[j], work);
            bool left = order <= 0 ? AtEdge[i] : InGap[i];
            bool right = order >= 0 ? other.AtEdge[j] : other.InGap[j];
            edges.Add(order <= 0 ? Edges[i] : other.Edges[j]);
            at.Add(keep(left, right));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            gaps.Add(keep(InGap[i], other.InGap[j]));
        }

        return new([.. edges], [.. at], [.. gaps]);
    }
}
