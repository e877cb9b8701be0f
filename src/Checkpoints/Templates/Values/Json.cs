using System.Globalization;
using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Writes values as Python's <c>json.dumps</c> does.</summary>
/// <param name="run">The rendering.</param>
/// <param name="indent">What a level is indented by; null for one line.</param>
/// <param name="between">Stands between items.</param>
/// <param name="colon">Stands between a key and its value.</param>
/// <param name="sorted">Sorts the keys.</param>
/// <param name="ascii">Escapes what is not ASCII.</param>
internal sealed class Json(Rendering run, string? indent, string between, string colon, bool sorted, bool ascii)
{
    private readonly StringBuilder _output = new();

    /// <summary>The JSON text of a value.</summary>
    public string Write(object? value)
    {
        Append(value, 0);
        return _output.ToString();
    }

    private void Append(object? value, int level)
    {
        run.Enter();
        switch (value)
        {
            case null or bool or long or double:
                _output.Append(Scalar(value));
                break;
            case string text:
                Quote(text);
                break;
            case ListValue list:
                AppendAll('[', ']', list.Items, level, item => Append(item, level + 1));
                break;
            case MapValue map:
                IReadOnlyList<KeyValuePair<object, object?>> entries = sorted ? Sorting.Stable(run, map.Entries, entry => entry.Key) : [.. map.Entries];
                AppendAll('{', '}', entries, level, entry =>
                {
                    Quote(entry.Key as string ?? Scalar(entry.Key));
                    _output.Append(colon);
                    Append(entry.Value, level + 1);
                });
                break;
            case Undefined undefined:
                throw run.Error(undefined.Message);
            default:
                throw run.Error($"A value of type {TypeNames.Of(value)} has no JSON.");
        }

        run.Leave();
    }

    private void AppendAll<T>(char open, char close, IReadOnlyList<T> items, int level, Action<T> append)
    {
        int before = _output.Length;
        _output.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            _output.Append(i > 0 ? between : "");
            Break(level + 1);
            append(items[i]);
        }

        if (items.Count > 0)
        {
            Break(level);
        }

        _output.Append(close);
        run.Charge(_output.Length - before);
    }

    private void Break(int level)
    {
        if (indent is null)
        {
            return;
        }

        run.Charge((long)indent.Length * level);
        _output.Append('\n');
        for (int i = 0; i < level; i++)
        {
            _output.Append(indent);
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => PythonNumbers.Text(number),
        double number => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        _ => throw new InvalidOperationException("No scalar."),
    };

    private void Quote(string text)
    {
        run.Charge(text.Length);
        _output.Append('"');
        foreach (char c in text)
        {
            _output.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ when c < ' ' || (ascii && c > '~') => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        _output.Append('"');
    }
}
