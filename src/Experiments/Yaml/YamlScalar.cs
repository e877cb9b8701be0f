using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>A YAML value that is neither a list nor a map.</summary>
/// <param name="Value">As written, without quotes.</param>
/// <param name="IsPlain">True without quotes: it may be a number, a truth value or nothing.</param>
/// <param name="At">Where it starts.</param>
internal sealed record YamlScalar(string Value, bool IsPlain, Mark At) : YamlNode(At)
{
    public override int Height => 1;

    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override string InWords => IsNull ? "nothing" : IsPlain ? $"'{Quoted.Of(Value)}'" : $"the quoted text \"{Quoted.Of(Value)}\"";
}
