namespace NaturalThoughts.Teaching.Reading;

/// <summary>A reply taken apart: the same for every form in which a server may send it.</summary>
/// <param name="Thinking">The reasoning, trimmed; null where none was marked.</param>
/// <param name="Answer">What follows it, trimmed; empty where there is nothing.</param>
/// <param name="IsOpen">True where the thinking was begun and not closed.</param>
/// <param name="TagCount">Think tags found in texts beside the pair that marks the thinking.</param>
public sealed record ThinkingReply(string? Thinking, string Answer, bool IsOpen, int TagCount)
{
    private const string OpenTag = "<think>";
    private const string CloseTag = "</think>";

    /// <summary>
    /// Takes a reply apart. Reasoning comes in a field of its own, or in the content between think tags (in any case) of which the first may be
    /// missing, because templates write it themselves, or the last, because the reply was cut.
    /// </summary>
    /// <param name="content">The message's content.</param>
    /// <param name="reasoning">The message's reasoning field; empty for none.</param>
    public static ThinkingReply Of(string content, string reasoning)
    {
        string start = content.TrimStart();
        bool opens = start.StartsWith(OpenTag, StringComparison.OrdinalIgnoreCase);
        string inner = opens ? start[OpenTag.Length..] : content;
        int close = inner.LastIndexOf(CloseTag, StringComparison.OrdinalIgnoreCase);
        if (reasoning.Length > 0 && !(close >= 0 && string.IsNullOrWhiteSpace(reasoning)))
        {
            // A server that splits the reasoning off may leave its closing tag, or an empty pair, at the start of the content.
            string answer = close >= 0 && string.IsNullOrWhiteSpace(inner[..close]) ? inner[(close + CloseTag.Length)..] : content;
            string thinking = WithoutPair(reasoning);
            return new ThinkingReply(thinking, answer.Trim(), IsOpen: false, Tags(thinking) + Tags(answer));
        }

        if (close >= 0)
        {
            (string thinking, string answer) = (inner[..close], inner[(close + CloseTag.Length)..]);
            return new ThinkingReply(thinking.Trim(), answer.Trim(), IsOpen: false, Tags(thinking) + Tags(answer));
        }

        return opens
            ? new ThinkingReply(inner.Trim(), "", IsOpen: true, Tags(inner))
            : new ThinkingReply(null, content.Trim(), IsOpen: false, Tags(content));
    }

    private static string WithoutPair(string reasoning)
    {
        string text = reasoning.Trim();
        text = text.StartsWith(OpenTag, StringComparison.OrdinalIgnoreCase) ? text[OpenTag.Length..] : text;
        text = text.EndsWith(CloseTag, StringComparison.OrdinalIgnoreCase) ? text[..^CloseTag.Length] : text;
        return text.Trim();
    }

    private static int Tags(string text) => Count(text, OpenTag) + Count(text, CloseTag);

    private static int Count(string text, string tag)
    {
        int count = 0;
        for (int at = text.IndexOf(tag, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(
            tag, at + tag.Length, StringComparison.OrdinalIgnoreCase))
        {
            count++;
        }

        return count;
    }
}
