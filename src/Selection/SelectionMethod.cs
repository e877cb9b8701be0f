namespace NaturalThoughts.Selection;

/// <summary>The names of the selection methods (paper, section 3.2).</summary>
public static class SelectionMethod
{
    /// <summary>Uniform without replacement.</summary>
    public const string Random = "Random";

    /// <summary>Uniform over the domains, then uniform within.</summary>
    public const string Topics = "Topics";

    /// <summary>Uniform over the clusters of the questions' embeddings, then uniform within.</summary>
    public const string SemanticEmbeddings = "SemanticEmbeddings";

    /// <summary>Traces with a number of unique strategies within limits; traces of low strategy density are down-sampled.</summary>
    public const string ReasoningStrategies = "ReasoningStrategies";

    /// <summary>Each trace with a probability that grows with its length.</summary>
    public const string LongReasoning = "LongReasoning";

    /// <summary>Traces with a verbosity score within limits.</summary>
    public const string Verbosity = "Verbosity";

    /// <summary>Questions on which two models answer differently.</summary>
    public const string ModelsDisagree = "ModelsDisagree";

    /// <summary>Questions with short reference answers, which are easy to verify (tried in the paper, without a table of its own).</summary>
    public const string ShortReference = "ShortReference";

    /// <summary>
    /// The questions nearest to a small target set by the student's own hidden states: RDS+ (arXiv 2503.01807). The paper has no such method.
    /// </summary>
    public const string RdsPlus = "RDSPlus";

    /// <summary>All names, in the order of the paper; at the end what the paper does not have.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Random, Topics, SemanticEmbeddings, ReasoningStrategies, LongReasoning, Verbosity, ModelsDisagree, ShortReference, RdsPlus];
}
