using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>Reads single values strictly; each returns null after an error, which is in the list then.</summary>
internal static class NodeReader
{
    public static YamlMap? Map(YamlNode node, string name, ErrorList errors)
    {
        if (node is YamlMap map)
        {
            return map;
        }

        errors.Add(node.At, $"'{name}' must be a map of keys, not {node.InWords}.", "Write its keys indented below it.");
        return null;
    }

    public static string? Text(YamlNode node, string name, ErrorList errors)
    {
        if (node is YamlScalar { IsNull: false } scalar && scalar.Value.Trim().Length > 0)
        {
            return scalar.Value;
        }

        errors.Add(node.At, $"'{name}' must be a text, not {node.InWords}.", "Write a text after the colon.");
        return null;
    }

    public static string? OneOf(YamlNode node, string name, IReadOnlyCollection<string> choices, ErrorList errors)
    {
        string? text = Text(node, name, errors);
        if (text is null || choices.Contains(text))
        {
            return text;
        }

        errors.Add(node.At, $"'{name}' cannot be '{Quoted.Of(text)}'.", NearestName.Hint(text, choices));
        return null;
    }

    public static bool? Flag(YamlNode node, string name, ErrorList errors)
    {
        switch (node)
        {
            case YamlScalar { IsPlain: true, Value: "true" }:
                return true;
            case YamlScalar { IsPlain: true, Value: "false" }:
                return false;
            default:
                errors.Add(node.At, $"'{name}' must be true or false, not {node.InWords}.", "Write true or false, without quotes.");
                return null;
        }
    }

    public static long? Integer(YamlNode node, string name, Bounds bounds, ErrorList errors)
    {
        if (node is not YamlScalar { IsPlain: true } scalar || !ScalarText.IsInteger(scalar.Value))
        {
            errors.Add(node.At, $"'{name}' must be an integer, not {node.InWords}.", Range(bounds));
            return null;
        }

        if (!long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) || !bounds.Holds(value))
        {
            errors.Add(node.At, $"'{name}' is {Quoted.Of(scalar.Value)}, which is out of range.", Range(bounds));
            return null;
        }

        return value;
    }

    /// <summary>A finite number.</summary>
    public static double? Number(YamlNode node, string name, Bounds bounds, ErrorList errors)
    {
        string hint = $"Give a number {bounds}, such as 0.5 or 1e-3.";
        if (node is not YamlScalar { IsPlain: true } scalar || !ScalarText.TryNumber(scalar.Value, out double value))
        {
            errors.Add(node.At, $"'{name}' must be a finite number, not {node.InWords}.", hint);
            return null;
        }

        if (!bounds.Holds(value))
        {
            errors.Add(node.At, $"'{name}' is {Quoted.Of(scalar.Value)}, which is out of range.", hint);
            return null;
        }

        return value;
    }

    /// <summary>A list with at least one item and no item twice; a single value counts as a list of one.</summary>
    public static IReadOnlyList<YamlScalar>? Distinct(YamlNode node, string name, ErrorList errors)
    {
        IReadOnlyList<YamlNode> items = node is YamlList list ? list.Items : [node];
        if (items.Count == 0)
        {
            errors.Add(node.At, $"The list '{name}' is empty.", "Give at least one item, or leave the key out where it is optional.");
            return null;
        }

        List<YamlScalar> distinct = [];
        foreach (YamlNode item in items)
        {
            if (item is not YamlScalar { IsNull: false } scalar)
            {
                errors.Add(item.At, $"An item of '{name}' must be a single value, not {item.InWords}.", "Write the items as [first, second].");
            }
            else if (distinct.Any(other => other.Value == scalar.Value))
            {
                errors.Add(scalar.At, $"'{Quoted.Of(scalar.Value)}' appears twice in '{name}'.", "Remove one of them.");
            }
            else
            {
                distinct.Add(scalar);
            }
        }

        return distinct;
    }

    private static string Range(Bounds bounds) => bounds.Most >= int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"Give an integer of at least {bounds.Least}.")
        : string.Create(CultureInfo.InvariantCulture, $"Give an integer {bounds}.");
}
