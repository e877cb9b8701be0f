namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's names of the kinds of values, for messages.</summary>
internal static class TypeNames
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool => "bool",
        long => "int",
        double => "float",
        string => "str",
        ListValue list => list.IsTuple ? "tuple" : "list",
        MapValue => "dict",
        MapView view => "dict_" + view.Kind,
        RangeValue => "range",
        StreamValue => "generator",
        NamespaceValue => "namespace",
        Undefined => "undefined",
        LoopValue => "loop",
        _ => "function",
    };
}
