using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

internal static partial class Filters
{
    private static object Length(object? value, Arguments arguments) =>
        Iteration.Length(arguments.Run, value) is { } length
            ? length
            : throw arguments.Bind(0).Run.Error($"A value of type {TypeNames.Of(value)} has no length.");

    private static object? First(object? value, Arguments arguments)
    {
        foreach (object? item in Iteration.Over(arguments.Bind(0).Run, value))
        {
            return item;
        }

        return new Undefined("the first item of nothing");
    }

    private static object? Last(object? value, Arguments arguments)
    {
        if (Iteration.Length(arguments.Run, value) is null || value is Undefined)
        {
            throw arguments.Bind(0).Run.Error($"A value of type {TypeNames.Of(value)} has no last item.");
        }

        object? last = new Undefined("the last item of nothing");
        foreach (object? item in Iteration.Over(arguments.Bind(0).Run, value))
        {
            last = item;
        }

        return last;
    }

    private static object Reverse(object? value, Arguments arguments)
    {
        object?[] items = [.. Iteration.Over(arguments.Bind(0).Run, value).Reverse()];
        return value switch
        {
            string => string.Concat(items.Cast<string>()),
            StreamValue or Undefined => new ListValue(items),
            _ => new StreamValue(items),
        };
    }

    private static StreamValue Items(object? value, Arguments arguments)
    {
        arguments.Bind(0);
        return value switch
        {
            Undefined => new StreamValue([]),
            MapValue map => new StreamValue(new MapView(map, "items").Items),
            _ => throw arguments.Run.Error("The filter 'items' needs a dictionary."),
        };
    }

    private static string Join(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "d", "attribute");
        Rendering run = arguments.Run;
        string separator = Printing.Text(run, bound.Get(0, ""));
        List<string> parts = [];
        foreach (object? item in Iteration.Over(run, value))
        {
            string part = Printing.Text(run, bound.Get(1) is null ? item : Access.Path(run, item, bound.Get(1)));
            run.Charge((long)part.Length + separator.Length);
            parts.Add(part);
        }

        return string.Join(separator, parts);
    }

    private static StreamValue Map(object? value, Arguments arguments)
    {
        Rendering run = arguments.Run;
        if (!Truth.Of(value))
        {
            return new StreamValue([]);
        }

        if (arguments.Positional.Count == 0)
        {
            BoundArguments bound = arguments.Bind(0, "attribute", "default");
            object? path = bound.Has(0) ? bound.Get(0) : throw run.Error("The filter 'map' needs a filter or an attribute.");
            return new StreamValue(Iteration.Over(run, value).Select(item =>
                Access.Path(run, item, path) is var found && found is Undefined && bound.Get(1) is { } other ? other : found));
        }

        string name = Named(arguments, 0, All, "filter");
        Arguments rest = arguments.Behind(1, $"the filter '{name}'");
        return new StreamValue(Iteration.Over(run, value).Select(item => All[name](item, rest)));
    }

    private static StreamValue Select(object? value, Arguments arguments, bool wanted, bool ofAttribute)
    {
        Rendering run = arguments.Run;
        if (!Truth.Of(value))
        {
            return new StreamValue([]);
        }

        int skipped = ofAttribute ? 1 : 0;
        if (arguments.Positional.Count < skipped)
        {
            throw run.Error($"{arguments.Callee} needs an attribute.");
        }

        object? path = ofAttribute ? arguments.Positional[0] : null;
        Func<object?, bool> test = Truth.Of;
        if (arguments.Positional.Count > skipped)
        {
            string name = Named(arguments, skipped, Tests.All, "test");
            Arguments rest = arguments.Behind(1 + skipped, $"the test '{name}'");
            test = item => Truth.Of(Tests.All[name](item, rest));
        }
        else if (arguments.Named.Count > 0)
        {
            throw run.Error($"{arguments.Callee} needs a test.");
        }

        return new StreamValue(Iteration.Over(run, value).Where(item => test(ofAttribute ? Access.Path(run, item, path) : item) == wanted));
    }

    private static string Named(Arguments arguments, int at, IReadOnlyDictionary<string, Func<object?, Arguments, object?>> table, string what) =>
        arguments.Positional[at] is string name && table.ContainsKey(name)
            ? name
            : throw arguments.Run.Unsupported($"The {what} '{Printing.Text(arguments.Run, arguments.Positional[at])}'");

    private static ListValue Sort(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "reverse", "case_sensitive", "attribute");
        Func<object?, object?> key = Key(arguments.Run, bound.Get(2), bound.Flag(1));
        return new ListValue(Sorting.Stable(arguments.Run, Iteration.Over(arguments.Run, value), key, bound.Flag(0)));
    }

    private static ListValue SortMap(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "case_sensitive", "by", "reverse");
        if (value is not MapValue map || bound.Text(1, "key") is not ("key" or "value"))
        {
            throw arguments.Run.Error("The filter 'dictsort' needs a dictionary, and 'by' must be 'key' or 'value'.");
        }

        Func<object?, object?> key = Key(arguments.Run, bound.Text(1, "key") == "key" ? 0L : 1L, bound.Flag(0));
        return new ListValue(Sorting.Stable(arguments.Run, new MapView(map, "items").Items, key, bound.Flag(2)));
    }

    private static object? Extreme(object? value, Arguments arguments, bool most)
    {
        BoundArguments bound = arguments.Bind(0, "case_sensitive", "attribute");
        Func<object?, object?> key = Key(arguments.Run, bound.Get(1), bound.Flag(0));
        object? best = new Undefined("the least or greatest item of nothing");
        object? bestKey = best;
        bool any = false;
        foreach (object? item in Iteration.Over(arguments.Run, value))
        {
            object? itsKey = key(item);
            if (!any || (most ? Comparison.Order(arguments.Run, itsKey, bestKey) > 0 : Comparison.Order(arguments.Run, itsKey, bestKey) < 0))
            {
                (any, best, bestKey) = (true, item, itsKey);
            }
        }

        return best;
    }

    private static StreamValue Unique(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "case_sensitive", "attribute");
        Func<object?, object?> key = Key(arguments.Run, bound.Get(1), bound.Flag(0));
        HashSet<object> seen = new(KeyComparer.Instance);
        return new StreamValue(Iteration.Over(arguments.Run, value).Where(item => seen.Add(MapValue.Key(arguments.Run, key(item)))));
    }

    private static object Sum(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "attribute", "start");
        object sum = bound.Get(1, 0L) ?? throw arguments.Run.Error("The filter 'sum' cannot start at None.");
        return Iteration.Over(arguments.Run, value).Aggregate(
            sum is string ? throw arguments.Run.Error("The filter 'sum' does not join texts.") : sum,
            (total, item) => Arithmetic.Apply(arguments.Run, "+", total, bound.Get(0) is null ? item : Access.Path(arguments.Run, item, bound.Get(0))));
    }

    /// <summary>What items are compared by: an attribute or themselves, texts without regard to case unless it counts.</summary>
    private static Func<object?, object?> Key(Rendering run, object? path, bool caseSensitive) => item =>
    {
        object? key = path is null ? item : Access.Path(run, item, path);
        return key is string text && !caseSensitive ? Casing.Lower(run, text) : key;
    };
}
