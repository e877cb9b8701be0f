namespace NaturalThoughts.Experiments.Yaml;

/// <summary>A list of values.</summary>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, Mark At) : YamlNode(At)
{
    public override int Height { get; } = 1 + Items.Select(item => item.Height).DefaultIfEmpty().Max();

    public override string InWords => "a list";
}
