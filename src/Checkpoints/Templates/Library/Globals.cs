using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>The names that every template has: Jinja's and the two that Transformers adds.</summary>
internal static class Globals
{
    // The sandbox's MAX_RANGE.
    private const int LongestRange = 100_000;

    private static readonly FunctionValue RangeFunction = new("range", Range);
    private static readonly FunctionValue DictFunction = new("dict", Dictionary);
    private static readonly FunctionValue NamespaceFunction = new("namespace", Namespace);
    private static readonly FunctionValue RaiseFunction = new("raise_exception", Raise);
    private static readonly FunctionValue ClockFunction = new("strftime_now", Clock);

    /// <summary>A function; null when there is none of the name.</summary>
    public static object? Find(Rendering run, string name) => name switch
    {
        "range" => RangeFunction,
        "dict" => DictFunction,
        "namespace" => NamespaceFunction,
        "raise_exception" => RaiseFunction,
        "strftime_now" => ClockFunction,
        "lipsum" or "cycler" or "joiner" or "additional_special_tokens" or "extra_special_tokens" => throw run.Unsupported($"'{name}'"),
        _ => null,
    };

    private static object Range(Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(1, "start", "stop", "step");
        (long start, long stop) = bound.Has(1) ? (bound.Integer(0), bound.Integer(1)) : (0, bound.Integer(0));
        long step = bound.Integer(2, 1);
        if (step == 0 || arguments.Named.Count > 0)
        {
            throw arguments.Run.Error("'range' needs whole numbers, and a step that is not zero.");
        }

        RangeValue range = new(start, stop, step);
        return range.Count <= LongestRange ? range : throw arguments.Run.Error($"A range is longer than {LongestRange}.");
    }

    private static MapValue Dictionary(Arguments arguments)
    {
        MapValue map = new();
        switch (arguments.Positional)
        {
            case []:
                break;
            case [MapValue other]:
                foreach ((object key, object? value) in other.Entries)
                {
                    map.Set(arguments.Run, key, value);
                }

                break;
            default:
                throw arguments.Run.Unsupported("'dict' of something else than a dictionary and names");
        }

        foreach ((string name, object? value) in arguments.Named)
        {
            map.Set(arguments.Run, name, value);
        }

        return map;
    }

    private static NamespaceValue Namespace(Arguments arguments)
    {
        NamespaceValue space = new();
        foreach ((object key, object? value) in Dictionary(arguments).Entries)
        {
            space.Values[key as string ?? throw arguments.Run.Unsupported("A namespace with an attribute that is no name")] = value;
        }

        return space;
    }

    private static object? Raise(Arguments arguments) =>
        throw arguments.Run.Error("The chat template raises: " + Printing.Text(arguments.Run, arguments.Bind(1, "message").Get(0)));

    // Today's date in a prompt would make another result of the same experiment tomorrow.
    private static object? Clock(Arguments arguments) => throw arguments.Run.Unsupported(
        "'strftime_now', which puts today's date into the text so that no result could be made again, (write a date into the template, such as "
        + "{% set date_string = '26 Jul 2024' %} at its begin)");
}
