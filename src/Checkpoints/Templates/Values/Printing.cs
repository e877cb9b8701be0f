using System.Globalization;
using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Values as text, as Python's str() and repr() write them.</summary>
internal static class Printing
{
    /// <summary>A value as Python's <c>str()</c> writes it.</summary>
    public static string Text(Rendering run, object? value) => value switch
    {
        string text => text,
        Undefined => "",
        _ => Representation(run, value),
    };

    /// <summary>A value as Python's <c>repr()</c> writes it.</summary>
    public static string Representation(Rendering run, object? value)
    {
        StringBuilder output = new();
        Append(run, value, output);
        return output.ToString();
    }

    private static void Append(Rendering run, object? value, StringBuilder output)
    {
        run.Enter();
        int before = output.Length;
        switch (value)
        {
            case null:
                output.Append("None");
                break;
            case bool truth:
                output.Append(truth ? "True" : "False");
                break;
            case long number:
                output.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case double number:
                output.Append(PythonNumbers.Text(number));
                break;
            case string text:
                Quote(text, output);
                break;
            case Undefined:
                output.Append("Undefined");
                break;
            case ListValue list:
                output.Append(list.IsTuple ? '(' : '[');
                AppendItems(run, list.Items, output);
                output.Append(list.IsTuple && list.Items.Count == 1 ? "," : "").Append(list.IsTuple ? ')' : ']');
                break;
            case MapValue map:
                AppendMap(run, map, output);
                break;
            default:
                throw run.Unsupported($"Printing a value of type {TypeNames.Of(value)}");
        }

        run.Charge(output.Length - before);
        run.Leave();
    }

    private static void AppendItems(Rendering run, IReadOnlyList<object?> items, StringBuilder output)
    {
        for (int i = 0; i < items.Count; i++)
        {
            output.Append(i > 0 ? ", " : "");
            Append(run, items[i], output);
        }
    }

    private static void AppendMap(Rendering run, MapValue map, StringBuilder output)
    {
        output.Append('{');
        string separator = "";
        foreach ((object key, object? value) in map.Entries)
        {
            output.Append(separator);
            Append(run, key, output);
            output.Append(": ");
            Append(run, value, output);
            separator = ", ";
        }

        output.Append('}');
    }

    private static void Quote(string text, StringBuilder output)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        foreach (string character in PythonText.Characters(text))
        {
            char c = character[0];
            output.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                _ when c == quote => "\\" + quote,
                _ when IsPrintable(character) => character,
                _ when character.Length == 2 => string.Create(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(c, character[1]):x8}"),
                _ when c < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            });
        }

        output.Append(quote);
    }

    /// <summary>Python's str.isprintable.</summary>
    private static bool IsPrintable(string character) => character == " " || CharUnicodeInfo.GetUnicodeCategory(character, 0) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
