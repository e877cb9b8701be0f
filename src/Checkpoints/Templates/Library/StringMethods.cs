using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

/// <summary>The methods of strings that templates may call, as Python's.</summary>
internal static partial class StringMethods
{
    private static readonly Dictionary<string, Func<string, Arguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["capitalize"] = (text, arguments) => Casing.Capitalize(None(arguments), text),
        ["count"] = Count,
        ["endswith"] = (text, arguments) => Ends(arguments, text.EndsWith),
        ["find"] = (text, arguments) => Find(text, arguments, last: false),
        ["isalnum"] = (text, arguments) => Are(text, arguments, char.IsAsciiLetterOrDigit),
        ["isalpha"] = (text, arguments) => Are(text, arguments, char.IsAsciiLetter),
        ["isdecimal"] = (text, arguments) => Are(text, arguments, char.IsAsciiDigit),
        ["isdigit"] = (text, arguments) => Are(text, arguments, char.IsAsciiDigit),
        ["islower"] = (text, arguments) => Casing.Is(None(arguments), text, upper: false),
        ["isnumeric"] = (text, arguments) => Are(text, arguments, char.IsAsciiDigit),
        ["isspace"] = (text, arguments) => None(arguments) is not null && text.Length > 0 && text.All(PythonText.IsSpace),
        ["isupper"] = (text, arguments) => Casing.Is(None(arguments), text, upper: true),
        ["join"] = Join,
        ["lower"] = (text, arguments) => Casing.Lower(None(arguments), text),
        ["lstrip"] = (text, arguments) => Strip(text, arguments, start: true, end: false),
        ["removeprefix"] = (text, arguments) => arguments.Bind(1, "prefix").Text(0) is var prefix && text.StartsWith(prefix, StringComparison.Ordinal)
            ? text[prefix.Length..]
            : text,
        ["removesuffix"] = (text, arguments) => arguments.Bind(1, "suffix").Text(0) is var suffix && text.EndsWith(suffix, StringComparison.Ordinal)
            ? text[..^suffix.Length]
            : text,
        ["replace"] = (text, arguments) =>
        {
            BoundArguments bound = arguments.Bind(2, "old", "new", "count");
            return Replace(arguments.Run, text, bound.Text(0), bound.Text(1), bound.Integer(2, -1));
        },
        ["rfind"] = (text, arguments) => Find(text, arguments, last: true),
        ["rsplit"] = (text, arguments) => Split(text, arguments, fromEnd: true),
        ["rstrip"] = (text, arguments) => Strip(text, arguments, start: false, end: true),
        ["split"] = (text, arguments) => Split(text, arguments, fromEnd: false),
        ["splitlines"] = (text, arguments) => new ListValue([.. PythonText.Lines(text, arguments.Bind(0, "keepends").Flag(0))]),
        ["startswith"] = (text, arguments) => Ends(arguments, text.StartsWith),
        ["strip"] = (text, arguments) => Strip(text, arguments, start: true, end: true),
        ["title"] = (text, arguments) => Casing.Title(None(arguments), text),
        ["upper"] = (text, arguments) => Casing.Upper(None(arguments), text),
    };

    /// <summary>A method; null when it is not supported.</summary>
    public static FunctionValue? Find(string text, string name) =>
        All.TryGetValue(name, out Func<string, Arguments, object?>? method) ? new FunctionValue(name, arguments => method(text, arguments)) : null;

    /// <summary>Python's str.replace; a negative count means all.</summary>
    public static string Replace(Rendering run, string text, string old, string with, long count)
    {
        if (old.Length == 0)
        {
            throw run.Unsupported("Replacing an empty text");
        }

        StringBuilder output = new();
        int at = 0;
        for (int next; count != 0 && (next = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; count--)
        {
            run.Charge((long)next - at + with.Length + 1);
            output.Append(text, at, next - at).Append(with);
            at = next + old.Length;
        }

        run.Charge(text.Length - at);
        return output.Append(text, at, text.Length - at).ToString();
    }

    private static Rendering None(Arguments arguments) => arguments.Bind(0).Run;

    private static object Strip(string text, Arguments arguments, bool start, bool end)
    {
        BoundArguments bound = arguments.Bind(0, "chars");
        arguments.Run.Charge(text.Length);
        return PythonText.Trim(text, bound.Get(0) is null ? null : bound.Text(0), start, end);
    }

    private static object Ends(Arguments arguments, Func<string, StringComparison, bool> test)
    {
        BoundArguments bound = arguments.Bind(1, "affix");
        return bound.Get(0) is ListValue { IsTuple: true } any
            ? any.Items.Any(affix => test(affix as string ?? throw arguments.Run.Error("Text is needed in the tuple."), StringComparison.Ordinal))
            : test(bound.Text(0), StringComparison.Ordinal);
    }

    private static object Find(string text, Arguments arguments, bool last)
    {
        string part = arguments.Bind(1, "sub").Text(0);
        arguments.Run.Charge(text.Length);
        if (part.Length == 0)
        {
            return last ? (long)PythonText.Length(text) : 0L;
        }

        int at = last ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1L : PythonText.Length(text[..at]);
    }

    private static object Count(string text, Arguments arguments)
    {
        string part = arguments.Bind(1, "sub").Text(0);
        arguments.Run.Charge(text.Length);
        if (part.Length == 0)
        {
            return PythonText.Length(text) + 1L;
        }

        long count = 0;
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
        {
            count++;
        }

        return count;
    }

    private static object Are(string text, Arguments arguments, Func<char, bool> test)
    {
        None(arguments).ChargeScan(text.Length);
        return Ascii.IsValid(text)
            ? text.Length > 0 && text.All(test)
            : throw arguments.Run.Unsupported("A question about the kind of characters beyond ASCII");
    }

    private static object Join(string text, Arguments arguments)
    {
        List<string> parts = [];
        foreach (object? item in Iteration.Over(arguments.Run, arguments.Bind(1, "iterable").Get(0)))
        {
            string part = item as string ?? throw arguments.Run.Error($"'join' needs texts, not a value of type {TypeNames.Of(item)}.");
            arguments.Run.Charge((long)part.Length + text.Length);
            parts.Add(part);
        }

        return string.Join(text, parts);
    }
}
