namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Jinja's namespace: attributes that loops can set.</summary>
internal sealed class NamespaceValue
{
    /// <summary>The attributes by name.</summary>
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);
}
