using NaturalThoughts.Checkpoints.Templates.Values;

namespace NaturalThoughts.Checkpoints.Templates.Library;

internal static partial class StringMethods
{
    private static ListValue Split(string text, Arguments arguments, bool fromEnd)
    {
        BoundArguments bound = arguments.Bind(0, "sep", "maxsplit");
        long most = bound.Integer(1, -1);
        most = most < 0 ? long.MaxValue : most;
        arguments.Run.Charge(text.Length);
        if (bound.Get(0) is null)
        {
            return new ListValue([.. Words(text, most, fromEnd)]);
        }

        string separator = bound.Text(0);
        return separator.Length > 0 ? new ListValue([.. Parts(text, separator, most, fromEnd)]) : throw arguments.Run.Error("An empty separator splits nothing.");
    }

    private static List<string> Parts(string text, string separator, long most, bool fromEnd)
    {
        List<string> parts = [];
        while (parts.Count < most)
        {
            int at = fromEnd ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            parts.Add(fromEnd ? text[(at + separator.Length)..] : text[..at]);
            text = fromEnd ? text[..at] : text[(at + separator.Length)..];
        }

        parts.Add(text);
        if (fromEnd)
        {
            parts.Reverse();
        }

        return parts;
    }

    /// <summary>Words between white space; what is left behind the last split keeps its white space.</summary>
    private static List<string> Words(string text, long most, bool fromEnd)
    {
        List<string> words = [];
        text = PythonText.Trim(text, null, start: !fromEnd, end: fromEnd);
        while (text.Length > 0)
        {
            int at = fromEnd ? LastSpace(text) : FirstSpace(text);
            if (at < 0 || words.Count == most)
            {
                words.Add(text);
                break;
            }

            words.Add(fromEnd ? text[(at + 1)..] : text[..at]);
            text = PythonText.Trim(fromEnd ? text[..at] : text[at..], null, start: !fromEnd, end: fromEnd);
        }

        if (fromEnd)
        {
            words.Reverse();
        }

        return words;
    }

    private static int FirstSpace(string text)
    {
        int at = 0;
        while (at < text.Length && !PythonText.IsSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? at : -1;
    }

    private static int LastSpace(string text)
    {
        int at = text.Length - 1;
        while (at >= 0 && !PythonText.IsSpace(text[at]))
        {
            at--;
        }

        return at;
    }
}
