using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>Tests: <c>value is name</c>.</summary>
internal static class Tests
{
    /// <summary>The tests that are supported.</summary>
    public static readonly IReadOnlyDictionary<string, Func<object?, Arguments, object?>> All = Make();

    private static Dictionary<string, Func<object?, Arguments, object?>> Make()
    {
        Dictionary<string, Func<object?, Arguments, object?>> tests = new(StringComparer.Ordinal)
        {
            ["boolean"] = Plain(value => value is bool),
            ["callable"] = Plain(value => value is FunctionValue or LoopValue or Undefined),
            ["defined"] = Plain(value => value is not Undefined),
            ["divisibleby"] = (value, arguments) => Leaves(arguments.Run, value, arguments.Bind(1, "num").Get(0), 0),
            ["even"] = (value, arguments) => Leaves(arguments.Bind(0).Run, value, 2L, 0),
            ["false"] = Plain(value => value is false),
            ["float"] = Plain(value => value is double),
            ["in"] = (value, arguments) => Comparison.IsIn(arguments.Run, value, arguments.Bind(1, "seq").Get(0)),
            ["integer"] = Plain(value => value is long),
            ["iterable"] = Plain(Iteration.CanGoOver),
            ["lower"] = (value, arguments) => Casing.Is(arguments.Bind(0).Run, Printing.Text(arguments.Run, value), upper: false),
            ["mapping"] = Plain(value => value is MapValue),
            ["none"] = Plain(value => value is null),
            ["number"] = Plain(value => value is bool or long or double),
            ["odd"] = (value, arguments) => Leaves(arguments.Bind(0).Run, value, 2L, 1),
            ["sameas"] = (value, arguments) => Same(arguments.Run, value, arguments.Bind(1, "other").Get(0)),
            ["sequence"] = Plain(value => value is string or ListValue or MapValue or RangeValue or Undefined),
            ["string"] = Plain(value => value is string),
            ["true"] = Plain(value => value is true),
            ["undefined"] = Plain(value => value is Undefined),
            ["upper"] = (value, arguments) => Casing.Is(arguments.Bind(0).Run, Printing.Text(arguments.Run, value), upper: true),
        };
        (string Operator, string[] Names)[] comparisons =
        [
            ("==", ["==", "eq", "equalto"]), ("!=", ["!=", "ne"]), ("<", ["<", "lt", "lessthan"]), ("<=", ["<=", "le"]), (">", [">", "gt", "greaterthan"]),
            (">=", [">=", "ge"]),
        ];
        foreach ((string comparison, string name) in comparisons.SelectMany(entry => entry.Names, (entry, name) => (entry.Operator, name)))
        {
            tests[name] = (value, arguments) => Comparison.Holds(arguments.Run, comparison, value, arguments.Bind(1, "other").Get(0));
        }

        return tests;
    }

    private static Func<object?, Arguments, object?> Plain(Func<object?, bool> test) => (value, arguments) =>
    {
        arguments.Bind(0);
        return test(value);
    };

    private static bool Leaves(Rendering run, object? value, object? by, long rest) => Comparison.AreEqual(run, Arithmetic.Apply(run, "%", value, by), rest);

    private static bool Same(Rendering run, object? value, object? other) => (value, other) switch
    {
        (bool or null, _) or (_, bool or null) => Equals(value, other),
        (string or long or double, _) or (_, string or long or double) => throw run.Unsupported("'sameas' of numbers or texts"),
        _ => ReferenceEquals(value, other),
    };
}
