using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Options of a stage, and the YAML keys that set them.</summary>
/// <param name="Options">The type.</param>
/// <param name="Parameters">The least that the stage needs, as JSON.</param>
/// <param name="Part">Where the options are in the parameters, names joined by dots; empty for the whole.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Check">The options of parameters, and what is wrong with them.</param>
internal sealed record OptionRow(
    Type Options, string Parameters, string Part, IReadOnlyList<Key> Keys, Func<JsonObject, (object Options, IEnumerable<UserError> Errors)> Check)
{
    /// <summary>Parameters, as JSON, that are put over <see cref="Parameters"/> so that one key after the other can take every value of its range.</summary>
    public string Over { get; init; } = "{}";

    /// <summary>Key to the option that it sets, where that has another name.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>Options that no single value of YAML sets, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unreached { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys whose range the options do not check themselves, each with where it is found.</summary>
    public IReadOnlyDictionary<string, string> Unchecked { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys with a limit that the stage does not have, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Narrower { get; init; } = new Dictionary<string, string>();

    private string[] Names => Part.Split('.', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The name of the option that a key sets, as JSON has it.</summary>
    public string NameOf(Key key) => Renamed.GetValueOrDefault(key.Name, key.Name);

    /// <summary>The options of parameters in which some members are replaced.</summary>
    public (object Options, IEnumerable<UserError> Errors) With(bool over, params (string Name, JsonNode? Value)[] values)
    {
        JsonObject parameters = JsonNode.Parse(Parameters)!.AsObject();
        JsonObject part = Names.Aggregate(parameters, (at, name) => (at[name] ??= new JsonObject()).AsObject());
        foreach ((string name, JsonNode? value) in over ? JsonNode.Parse(Over)!.AsObject() : [])
        {
            part[name] = value?.DeepClone();
        }

        foreach ((string name, JsonNode? value) in values)
        {
            part[name] = value;
        }

        return Check(parameters);
    }

    /// <summary>The options themselves among those of <see cref="Check"/>.</summary>
    public object? Own(object whole) => Names.Aggregate((object?)whole, (at, name) => Property(at!.GetType(), name).GetValue(at));

    /// <summary>The property of an option.</summary>
    public static System.Reflection.PropertyInfo Property(Type options, string name)
    {
        string pascal = string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        System.Reflection.PropertyInfo? property = options.GetProperty(pascal);
        Assert.True(property is not null, $"{options.Name} has no option '{name}'.");
        return property;
    }

    public override string ToString() => Part.Length == 0 ? Options.Name : $"{Options.Name} ({Part})";
}
