namespace NaturalThoughts.Selection;

/// <summary>All that a method may select a question by. Nothing of the question's own metadata is here.</summary>
/// <param name="Domain">The annotated domain.</param>
/// <param name="Strategies">The annotated strategies, each once, in ordinal order.</param>
/// <param name="Verbosity">The annotated verbosity, 0 to 10.</param>
/// <param name="Tokens">Length of the trace in the teacher's tokens.</param>
/// <param name="Cluster">The cluster, -1 for noise; null where no clusters are bound.</param>
/// <param name="Agree">Whether two models agree; null where no judgements are bound.</param>
internal sealed record Signals(string Domain, IReadOnlyList<string> Strategies, int Verbosity, int Tokens, int? Cluster, bool? Agree)
{
    /// <summary>The annotated topics within the domain; null where the annotator gives none.</summary>
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>Length of the reference answer in characters (code points).</summary>
    public int ReferenceCharacters { get; init; }

    /// <summary>Place in the order of nearness to a target set; null where no such order is bound.</summary>
    public int? Place { get; init; }
}
