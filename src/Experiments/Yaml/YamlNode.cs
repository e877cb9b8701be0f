namespace NaturalThoughts.Experiments.Yaml;

/// <summary>A value of a YAML file and where it starts.</summary>
internal abstract record YamlNode(Mark At)
{
    /// <summary>Levels of nesting below, itself included.</summary>
    public abstract int Height { get; }

    /// <summary>The value in words, for messages.</summary>
    public abstract string InWords { get; }
}
