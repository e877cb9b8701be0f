using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>The roles that several stages of this room read.</summary>
public static class Roles
{
    /// <summary>The questions of the pool.</summary>
    public const string Questions = "questions";

    /// <summary>The teacher's traces.</summary>
    public const string Traces = "traces";

    /// <summary>Domain, strategies and verbosity of the traces.</summary>
    public const string Annotations = "annotations";

    /// <summary>What methods select by: the join of the three.</summary>
    public const string Signals = "signals";

    /// <summary>The cluster of each question.</summary>
    public const string Clusters = "clusters";

    /// <summary>Whether two models agree on each question.</summary>
    public const string Judgements = "judgements";

    /// <summary>Whether the answer of each trace is the reference.</summary>
    public const string TraceGrades = "traceGrades";

    /// <summary>The questions by their nearness to a target set.</summary>
    public const string Nearest = "nearest";

    /// <summary>How long training examples are.</summary>
    public const string Lengths = "lengths";

    /// <summary>The path of a role that is optional for the stage but needed by its parameters.</summary>
    internal static string Needed(this StageContext context, string role) => context.HasInput(role)
        ? context.Input(role)
        : throw new UserErrorException($"These parameters need the input '{role}', and it is not bound.", role, "Bind it in the plan.");
}
