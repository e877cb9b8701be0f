using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>Methods of dictionaries; the sandbox forbids those that change them.</summary>
internal static class MapMethods
{
    /// <summary>A method; null when it is not supported.</summary>
    public static FunctionValue? Find(MapValue map, string name) => name switch
    {
        "items" or "keys" or "values" => new FunctionValue(name, arguments =>
        {
            arguments.Bind(0);
            return new MapView(map, name);
        }),
        "get" => new FunctionValue(name, arguments =>
        {
            BoundArguments bound = arguments.Bind(1, "key", "default");
            return map.Entries.TryGetValue(MapValue.Key(arguments.Run, bound.Get(0)), out object? value) ? value : bound.Get(1);
        }),
        "copy" => new FunctionValue(name, arguments =>
        {
            arguments.Bind(0);
            return map;
        }),
        _ => null,
    };
}
