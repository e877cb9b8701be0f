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
        if (bound.Get(0) is not null && bound.Text(0).Length == 0)
        {
            throw arguments.Run.Error("An empty separator splits nothing.");
        }

        List<string> parts = (bound.Get(0), fromEnd) switch
        {
            (null, false) => Words(text, most),
            (null, true) => WordsFromEnd(text, most),
            (_, false) => Parts(text, bound.Text(0), most),
            _ => PartsFromEnd(text, bound.Text(0), most),
        };
        if (fromEnd)
        {
            parts.Reverse();
        }

        return new ListValue([.. parts]);
    }

    private static List<string> Parts(string text, string separator, long most)
    {
        List<string> parts = [];
        int from = 0;
        for (int at; parts.Count < most && (at = text.IndexOf(separator, from, StringComparison.Ordinal)) >= 0; from = at + separator.Length)
        {
            parts.Add(text[from..at]);
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static List<string> PartsFromEnd(string text, string separator, long most)
    {
        List<string> parts = [];
        int to = text.Length;
        for (int at; parts.Count < most && (at = text.AsSpan(0, to).LastIndexOf(separator, StringComparison.Ordinal)) >= 0; to = at)
        {
            parts.Add(text[(at + separator.Length)..to]);
        }

        parts.Add(text[..to]);
        return parts;
    }

    /// <summary>Words between white space; what is left behind the last split keeps its white space.</summary>
    private static List<string> Words(string text, long most)
    {
        List<string> words = [];
        int from = Skip(text, 0, space: true);
        while (from < text.Length)
        {
            int to = words.Count < most ? Skip(text, from, space: false) : text.Length;
            words.Add(text[from..to]);
            from = Skip(text, to, space: true);
        }

        return words;
    }

    private static List<string> WordsFromEnd(string text, long most)
    {
        List<string> words = [];
        int to = SkipBack(text, text.Length, space: true);
        while (to > 0)
        {
            int from = words.Count < most ? SkipBack(text, to, space: false) : 0;
            words.Add(text[from..to]);
            to = SkipBack(text, from, space: true);
        }

        return words;
    }

    private static int Skip(string text, int at, bool space)
    {
        while (at < text.Length && PythonText.IsSpace(text[at]) == space)
        {
            at++;
        }

        return at;
    }

    private static int SkipBack(string text, int at, bool space)
    {
        while (at > 0 && PythonText.IsSpace(text[at - 1]) == space)
        {
            at--;
        }

        return at;
    }
}
