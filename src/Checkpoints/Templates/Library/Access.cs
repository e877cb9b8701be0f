using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>Attributes and items, in the order in which Jinja looks for them.</summary>
internal static class Access
{
    /// <summary><c>value.name</c>: what Python's value has of itself, else the item of that name, else undefined.</summary>
    public static object? Attribute(Rendering run, object? value, string name)
    {
        if (Own(run, value, name) is { } own)
        {
            return own.Value;
        }

        return value is MapValue map && map.Entries.TryGetValue(name, out object? item) ? item : new Undefined(name);
    }

    /// <summary><c>value[key]</c>: the item, else the attribute of that name, else undefined.</summary>
    public static object? Item(Rendering run, object? value, object? key)
    {
        switch (value)
        {
            case Undefined undefined:
                throw run.Error(undefined.Message);
            case MapValue map when key is string or long or bool or double && map.Entries.TryGetValue(key, out object? found):
                return found;
            case ListValue list when Index(key, list.Items.Count) is { } at:
                return list.Items[at];
            case string text when key is long or bool:
                return Character(run, text, key);
            case RangeValue when key is long or bool:
                throw run.Unsupported("An item of a range");
        }

        if (key is Undefined missing && value is MapValue or ListValue or string)
        {
            return new Undefined(missing.Name);
        }

        return key is string name && Own(run, value, name) is { } own
            ? own.Value
            : new Undefined(Printing.Text(run, key is string or long ? key : TypeNames.Of(key)));
    }

    /// <summary>An attribute by a path of names and indices, as filters take them: <c>a.b.0</c>.</summary>
    public static object? Path(Rendering run, object? value, object? path)
    {
        if (path is not string text)
        {
            return Item(run, value, path);
        }

        foreach (string part in text.Split('.'))
        {
            value = Item(run, value, part.Length > 0 && part.All(char.IsAsciiDigit) && long.TryParse(part, out long index) ? index : part);
        }

        return value;
    }

    /// <summary>What Python's value of this kind has of itself; null when it has no such thing.</summary>
    private static (object? Value, bool)? Own(Rendering run, object? value, string name)
    {
        switch (value)
        {
            case Undefined undefined:
                throw run.Error(undefined.Message);
            case NamespaceValue space when space.Values.TryGetValue(name, out object? set):
                return (set, true);
            case LoopValue loop:
                return (loop.Attribute(name), true);
        }

        FunctionValue? method = value switch
        {
            string text => StringMethods.Find(text, name),
            MapValue map => MapMethods.Find(map, name),
            ListValue list => ListMethods.Find(list, name),
            _ => null,
        };
        if (method is not null)
        {
            return (method, true);
        }

        return PythonNames.Has(value, name) ? throw run.Unsupported($"'{name}' of a value of type {TypeNames.Of(value)}") : null;
    }

    private static int? Index(object? key, int count)
    {
        long? index = Arithmetic.Plain(key) as long?;
        index += index < 0 ? count : 0;
        return index >= 0 && index < count ? (int)index : null;
    }

    private static object Character(Rendering run, string text, object key)
    {
        run.ChargeScan(text.Length);
        if (PythonText.IsSimple(text))
        {
            return Index(key, text.Length) is { } at ? text[at].ToString() : new Undefined("a character");
        }

        run.Charge(text.Length);
        List<string> characters = [.. PythonText.Characters(text)];
        return Index(key, characters.Count) is { } index ? characters[index] : new Undefined("a character");
    }
}
