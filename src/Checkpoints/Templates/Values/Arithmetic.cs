using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Python's arithmetic; whole numbers that leave 64 bits are refused.</summary>
internal static class Arithmetic
{
    private const long Exact = 1L << 53;

    /// <summary>An operator between two values.</summary>
    public static object Apply(Rendering run, string name, object? left, object? right)
    {
        if ((left as Undefined ?? right as Undefined) is { } undefined)
        {
            throw run.Error(undefined.Message);
        }

        try
        {
            return (Plain(left), Plain(right)) switch
            {
                (long a, long b) => Whole(run, name, a, b),
                (double a, double b) => Real(run, name, a, b),
                (long a, double b) => Real(run, name, ToDouble(run, a), b),
                (double a, long b) => Real(run, name, a, ToDouble(run, b)),
                (string a, string b) when name == "+" => Join(run, a, b),
                (ListValue a, ListValue b) when name == "+" && a.IsTuple == b.IsTuple => Join(run, a, b),
                (string a, long times) when name == "*" => Repeat(run, a, times),
                (long times, string a) when name == "*" => Repeat(run, a, times),
                (ListValue a, long times) when name == "*" => Repeat(run, a, times),
                (long times, ListValue a) when name == "*" => Repeat(run, a, times),
                (string, _) when name == "%" => throw run.Unsupported("Formatting by '%'"),
                _ => throw run.Error($"'{name}' cannot join values of the types {TypeNames.Of(left)} and {TypeNames.Of(right)}."),
            };
        }
        catch (OverflowException)
        {
            throw run.Unsupported($"A whole number beyond 64 bits, as '{name}' gives it,");
        }
    }

    /// <summary>A sign before a number.</summary>
    public static object Sign(Rendering run, bool minus, object? value) => Plain(value) switch
    {
        long number when minus => number != long.MinValue ? (object)-number : throw run.Unsupported("A whole number beyond 64 bits"),
        double number when minus => -number,
        long or double => value is bool ? Plain(value)! : value!,
        Undefined undefined => throw run.Error(undefined.Message),
        _ => throw run.Error($"A value of type {TypeNames.Of(value)} has no sign."),
    };

    /// <summary>True and false are the numbers 1 and 0.</summary>
    public static object? Plain(object? value) => value is bool truth ? truth ? 1L : 0L : value;

    /// <summary>A whole number as a float, if that is exact.</summary>
    public static double ToDouble(Rendering run, long number) =>
        number is >= -Exact and <= Exact ? number : throw run.Unsupported($"The whole number {number} among floats");

    private static object Whole(Rendering run, string name, long a, long b)
    {
        if (b == 0 && name is ("/" or "//" or "%"))
        {
            throw run.Error("Division by zero.");
        }

        checked
        {
            return name switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => ToDouble(run, a) / ToDouble(run, b),
                "//" => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0),
                "%" => b == -1 ? 0L : (a % b) + (a % b != 0 && (a < 0) != (b < 0) ? b : 0),
                _ => Power(run, a, b),
            };
        }
    }

    private static object Power(Rendering run, long a, long b)
    {
        if (b < 0)
        {
            return Real(run, "**", ToDouble(run, a), ToDouble(run, b));
        }

        if (b > 0 && a is (0 or 1 or -1))
        {
            return a == -1 && b % 2 == 0 ? 1L : a;
        }

        long result = 1;
        for (; b > 0; b--)
        {
            result = checked(result * a);
        }

        return result;
    }

    private static object Real(Rendering run, string name, double a, double b)
    {
        switch (name)
        {
            case "+":
                return a + b;
            case "-":
                return a - b;
            case "*":
                return a * b;
            case "**":
                double power = Math.Pow(a, b);
                return double.IsFinite(power) || !double.IsFinite(a) || !double.IsFinite(b) ? power : throw run.Error("A power is no finite number.");
            default:
                if (b == 0)
                {
                    throw run.Error("Division by zero.");
                }

                (double quotient, double rest) = DivideDown(a, b);
                return name == "/" ? a / b : name == "//" ? quotient : rest;
        }
    }

    // CPython's float_divmod.
    private static (double Quotient, double Remainder) DivideDown(double a, double b)
    {
        double rest = a % b;
        double quotient = (a - rest) / b;
        if (rest != 0)
        {
            if ((b < 0) != (rest < 0))
            {
                rest += b;
                quotient -= 1;
            }
        }
        else
        {
            rest = Math.CopySign(0, b);
        }

        if (quotient == 0)
        {
            return (Math.CopySign(0, a / b), rest);
        }

        double floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }

    private static string Join(Rendering run, string a, string b)
    {
        run.Charge((long)a.Length + b.Length);
        return a + b;
    }

    private static ListValue Join(Rendering run, ListValue a, ListValue b)
    {
        run.Charge((long)a.Items.Count + b.Items.Count);
        return new ListValue([.. a.Items, .. b.Items], a.IsTuple);
    }

    private static string Repeat(Rendering run, string text, long times)
    {
        int count = Count(run, text.Length, times);
        return new System.Text.StringBuilder(text.Length * count).Insert(0, text, count).ToString();
    }

    private static ListValue Repeat(Rendering run, ListValue list, long times) =>
        new([.. Enumerable.Repeat(list.Items, Count(run, list.Items.Count, times)).SelectMany(items => items)], list.IsTuple);

    private static int Count(Rendering run, int length, long times)
    {
        if (times <= 0 || length == 0)
        {
            return 0;
        }

        run.Charge(times > int.MaxValue ? long.MaxValue : length * times);
        return (int)times;
    }
}
