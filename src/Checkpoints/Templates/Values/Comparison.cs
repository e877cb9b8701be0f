using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's comparisons.</summary>
internal static class Comparison
{
    /// <summary>An operator between two values: <c>== != &lt; &lt;= &gt; &gt;= in, not in</c>.</summary>
    public static bool Holds(Rendering run, string name, object? left, object? right) => name switch
    {
        "==" => AreEqual(run, left, right),
        "!=" => !AreEqual(run, left, right),
        "in" => IsIn(run, left, right),
        "not in" => !IsIn(run, left, right),
        _ => Ordered(run, name, left, right),
    };

    /// <summary>Equality; values of different kinds differ.</summary>
    public static bool AreEqual(Rendering run, object? left, object? right)
    {
        run.Enter();
        bool equal = (Arithmetic.Plain(left), Arithmetic.Plain(right)) switch
        {
            (null, null) or (Undefined, Undefined) => true,
            (long a, long b) => a == b,
            (double a, double b) => a == b,
            (long a, double b) => a == b && Arithmetic.ToDouble(run, a) == b,
            (double a, long b) => a == b && a == Arithmetic.ToDouble(run, b),
            (string a, string b) => Scan(run, a) == b,
            (ListValue a, ListValue b) => a.IsTuple == b.IsTuple && a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => AreEqual(run, pair.First, pair.Second)),
            (MapValue a, MapValue b) => a.Entries.Count == b.Entries.Count
                && a.Entries.All(entry => b.Entries.TryGetValue(entry.Key, out object? other) && AreEqual(run, entry.Value, other)),
            (MapView, _) or (_, MapView) or (RangeValue, RangeValue) => throw run.Unsupported($"Comparing values of type {TypeNames.Of(left)}"),
            (object a, object b) => ReferenceEquals(a, b),
            _ => false,
        };
        run.Leave();
        return equal;
    }

    /// <summary>Less than zero, zero or more, as the left value comes before, with or behind the right one.</summary>
    public static int Order(Rendering run, object? left, object? right)
    {
        run.Enter();
        int order = (Arithmetic.Plain(left), Arithmetic.Plain(right)) switch
        {
            (long a, long b) => a.CompareTo(b),
            (double a, double b) => Order(run, a, b),
            (long a, double b) => Order(run, Arithmetic.ToDouble(run, a), b),
            (double a, long b) => Order(run, a, Arithmetic.ToDouble(run, b)),
            (string a, string b) => PythonText.Compare(Scan(run, a), b),
            (ListValue a, ListValue b) when a.IsTuple == b.IsTuple => OrderItems(run, a.Items, b.Items),
            (Undefined undefined, _) => throw run.Error(undefined.Message),
            (_, Undefined undefined) => throw run.Error(undefined.Message),
            _ => throw run.Error($"Values of the types {TypeNames.Of(left)} and {TypeNames.Of(right)} have no order."),
        };
        run.Leave();
        return order;
    }

    /// <summary>Python's <c>in</c>.</summary>
    public static bool IsIn(Rendering run, object? item, object? container) => container switch
    {
        string text => item switch
        {
            string part => Contains(run, text, part),
            Undefined undefined => throw run.Error(undefined.Message),
            _ => throw run.Error($"A value of type {TypeNames.Of(item)} cannot be looked for in text."),
        },
        MapValue map => map.Entries.ContainsKey(MapValue.Key(run, item)),
        MapView { Kind: "keys" } view => view.Map.Entries.ContainsKey(MapValue.Key(run, item)),
        _ => Iteration.Over(run, container).Any(other => AreEqual(run, other, item)),
    };

    private static bool Contains(Rendering run, string text, string part) => Scan(run, text).Contains(part, StringComparison.Ordinal);

    private static string Scan(Rendering run, string text)
    {
        run.ChargeScan(text.Length);
        return text;
    }

    private static bool Ordered(Rendering run, string name, object? left, object? right)
    {
        int order = Order(run, left, right);
        return name switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static int Order(Rendering run, double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? throw run.Unsupported("Ordering 'nan'") : a.CompareTo(b);

    private static int OrderItems(Rendering run, IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!AreEqual(run, left[i], right[i]))
            {
                return Order(run, left[i], right[i]);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
