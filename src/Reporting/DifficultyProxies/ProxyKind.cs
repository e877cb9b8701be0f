namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Kinds of signals. Each is larger where a question should be harder. An answer that could not be read agrees with no other.</summary>
public static class ProxyKind
{
    /// <summary>1 where the models do not all give the same answer, else 0.</summary>
    public const string Disagreement = "disagreement";

    /// <summary>Tokens of one model's response; words where its file has no number of tokens.</summary>
    public const string Length = "length";

    /// <summary>The share of models that do not give the most frequent answer.</summary>
    public const string Agreement = "agreement";

    /// <summary>The entropy of the answers over the models.</summary>
    public const string Entropy = "entropy";

    /// <summary>The most models of a signal: up to here entropies are ordered by exact whole numbers.</summary>
    public const int MostModels = 10;

    /// <summary>All kinds of signals, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Agreement, Disagreement, Entropy, Length];

    /// <summary>The fewest models that a kind needs.</summary>
    public static int Least(string kind) => kind == Length ? 1 : 2;

    /// <summary>The most models that a kind takes.</summary>
    public static int Most(string kind) => kind == Length ? 1 : MostModels;
}
