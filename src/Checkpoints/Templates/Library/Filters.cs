using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>Filters: <c>value | name</c>. This file has those of text and numbers, <c>Filters.Items.cs</c> those of sequences.</summary>
internal static partial class Filters
{
    /// <summary>The filters that are supported.</summary>
    public static readonly IReadOnlyDictionary<string, Func<object?, Arguments, object?>> All = new Dictionary<string, Func<object?, Arguments, object?>>(
        StringComparer.Ordinal)
    {
        ["abs"] = Abs,
        ["capitalize"] = (value, arguments) => Casing.Capitalize(arguments.Run, Text(value, arguments)),
        ["count"] = Length,
        ["d"] = Default,
        ["default"] = Default,
        ["dictsort"] = SortMap,
        ["first"] = First,
        ["float"] = Float,
        ["indent"] = Indent,
        ["int"] = Int,
        ["items"] = Items,
        ["join"] = Join,
        ["last"] = Last,
        ["length"] = Length,
        ["list"] = (value, arguments) => new ListValue([.. Iteration.Over(arguments.Bind(0).Run, value)]),
        ["lower"] = (value, arguments) => Casing.Lower(arguments.Run, Text(value, arguments)),
        ["map"] = Map,
        ["max"] = (value, arguments) => Extreme(value, arguments, most: true),
        ["min"] = (value, arguments) => Extreme(value, arguments, most: false),
        ["reject"] = (value, arguments) => Select(value, arguments, wanted: false, ofAttribute: false),
        ["rejectattr"] = (value, arguments) => Select(value, arguments, wanted: false, ofAttribute: true),
        ["replace"] = Replace,
        ["reverse"] = Reverse,
        ["select"] = (value, arguments) => Select(value, arguments, wanted: true, ofAttribute: false),
        ["selectattr"] = (value, arguments) => Select(value, arguments, wanted: true, ofAttribute: true),
        ["sort"] = Sort,
        ["string"] = (value, arguments) => Text(value, arguments),
        ["sum"] = Sum,
        ["title"] = (value, arguments) => Title(arguments.Run, Text(value, arguments)),
        ["tojson"] = ToJson,
        ["trim"] = Trim,
        ["unique"] = Unique,
        ["upper"] = (value, arguments) => Casing.Upper(arguments.Run, Text(value, arguments)),
    };

    private static string Text(object? value, Arguments arguments) => Printing.Text(arguments.Bind(0).Run, value);

    private static object Abs(object? value, Arguments arguments) => Arithmetic.Plain(value) switch
    {
        long number and >= 0 => number,
        double number => Math.Abs(number),
        _ => Arithmetic.Sign(arguments.Bind(0).Run, minus: true, value),
    };

    private static object? Default(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "default_value", "boolean");
        return value is Undefined || (bound.Flag(1) && !Truth.Of(value)) ? bound.Get(0, "") : value;
    }

    private static object? Int(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "default", "base");
        if (bound.Integer(1, 10) != 10)
        {
            throw arguments.Run.Unsupported("Another base than 10");
        }

        if (value is string text && PythonNumbers.ReadInteger(Ascii(arguments.Run, text)) is { } whole)
        {
            return whole;
        }

        if (Arithmetic.Plain(value) is long number)
        {
            return number;
        }

        double? real = AsFloat(arguments.Run, value);
        return real is not { } given || !double.IsFinite(given) ? bound.Get(0, 0L)
            : Math.Abs(given) < 1L << 62 ? (long)given
            : throw arguments.Run.Error("The filter 'int' meets a number that does not fit into 64 bits.");
    }

    private static object? Float(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "default");
        return AsFloat(arguments.Run, value) is { } number ? number : bound.Get(0, 0.0);
    }

    private static double? AsFloat(Rendering run, object? value) => Arithmetic.Plain(value) switch
    {
        long number => Arithmetic.ToDouble(run, number),
        double number => number,
        string text => PythonNumbers.ReadFloat(Ascii(run, text)),
        Undefined undefined => throw run.Error(undefined.Message),
        _ => null,
    };

    private static string Ascii(Rendering run, string text)
    {
        run.Charge(text.Length);
        return System.Text.Ascii.IsValid(text) ? text : throw run.Unsupported("A number in characters beyond ASCII");
    }

    private static object Indent(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "width", "first", "blank");
        Rendering run = arguments.Run;
        if (value is not string text)
        {
            throw value is Undefined undefined ? run.Error(undefined.Message) : run.Error("The filter 'indent' needs text.");
        }

        string prefix = bound.Get(0) as string ?? Spaces(run, bound.Integer(0, 4));
        List<string> lines = PythonText.Lines(text + "\n", keepEnds: false);
        run.Charge(text.Length + ((long)prefix.Length * lines.Count));
        bool blank = bound.Flag(2);
        return (bound.Flag(1) ? prefix : "") + string.Join('\n', lines.Select((line, i) => i > 0 && (blank || line.Length > 0) ? prefix + line : line));
    }

    private static string Spaces(Rendering run, long width)
    {
        run.Charge(width);
        return new string(' ', (int)Math.Max(0, width));
    }

    private static string Replace(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(2, "old", "new", "count");
        Rendering run = arguments.Run;
        return StringMethods.Replace(
            run, Printing.Text(run, value), Printing.Text(run, bound.Get(0)), Printing.Text(run, bound.Get(1)), bound.Get(2) is null ? -1 : bound.Integer(2));
    }

    /// <summary>Words behind spaces, hyphens and opening brackets: Jinja's own rule, not that of str.title.</summary>
    private static string Title(Rendering run, string text)
    {
        char[] title = Casing.Lower(run, text).ToCharArray();
        for (int i = 0; i < title.Length; i++)
        {
            bool begins = i == 0 || title[i - 1] is '-' or '(' or '{' or '[' or '<' || PythonText.IsSpace(title[i - 1]);
            title[i] = begins && char.IsAscii(title[i]) ? char.ToUpperInvariant(title[i]) : title[i];
        }

        return new string(title);
    }

    private static string Trim(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "chars");
        string text = Printing.Text(arguments.Run, value);
        arguments.Run.Charge(text.Length);
        return PythonText.Trim(text, bound.Get(0) is null ? null : bound.Text(0), start: true, end: true);
    }

    /// <summary>Transformers' own: Python's json.dumps, without HTML escapes and without escapes of what is not ASCII.</summary>
    private static string ToJson(object? value, Arguments arguments)
    {
        BoundArguments bound = arguments.Bind(0, "ensure_ascii", "indent", "separators", "sort_keys");
        string? indent = bound.Get(1) switch
        {
            null => null,
            string text => text,
            _ => Spaces(arguments.Run, bound.Integer(1)),
        };
        (string between, string colon) = bound.Get(2) switch
        {
            null => (indent is null ? ", " : ",", ": "),
            ListValue { Items: [string first, string second] } => (first, second),
            _ => throw arguments.Run.Error("'separators' of the filter 'tojson' must be two texts."),
        };
        return new Json(arguments.Run, indent, between, colon, bound.Flag(3), bound.Flag(0)).Write(value);
    }
}
