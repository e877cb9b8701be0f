namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>
/// The names that one scope reads and sets, in the order of the text. Jinja binds names before it runs: a name whose first mention in a
/// scope sets it is undefined there until then, for the scopes inside as well, even where the context has it.
/// </summary>
internal sealed class ScopeNames(ScopeNames? outer)
{
    // True for a name whose first mention sets it, and does so always.
    private readonly Dictionary<string, bool> _setFirst = new(StringComparer.Ordinal);
    private int _branches;

    /// <summary>Notes that the text reads a name here.</summary>
    public void Read(string name) => _setFirst.TryAdd(name, false);

    /// <summary>Notes that the text sets a name here.</summary>
    public void Set(string name) => _setFirst.TryAdd(name, _branches == 0);

    /// <summary>Notes a name that is given from outside: a parameter, or the target of a loop.</summary>
    public void Give(string name) => _setFirst[name] = false;

    /// <summary>What follows need not run: a name that it sets keeps its outer meaning until then.</summary>
    public void BeginBranches() => _branches++;

    /// <summary>Ends what <see cref="BeginBranches"/> began: what follows always runs.</summary>
    public void EndBranches() => _branches--;

    /// <summary>True when the name, not set yet, is undefined here rather than what the context has.</summary>
    public bool IsUndefinedUntilSet(string name) =>
        _setFirst.TryGetValue(name, out bool setFirst) && setFirst && !(outer?.Knows(name) ?? false);

    private bool Knows(string name) => _setFirst.ContainsKey(name) || (outer?.Knows(name) ?? false);
}
