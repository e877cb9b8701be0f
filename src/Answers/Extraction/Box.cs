using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>A box of LaTeX, <c>\boxed{...}</c> or <c>\fbox{...}</c>.</summary>
/// <param name="Index">Where its command begins.</param>
/// <param name="End">Where the text after it begins.</param>
/// <param name="Text">What it holds.</param>
internal readonly partial record struct Box(int Index, int End, string Text)
{
    /// <summary>Characters between two boxes of one answer.</summary>
    private const int LongestJoint = 60;

    /// <summary>The boxes in order; those that make one answer (<c>\boxed{-1} and \boxed{6}</c>) as one.</summary>
    public static List<Box> FindJoined(string text)
    {
        List<Box> joined = [];
        foreach (Box box in Find(text))
        {
            if (joined.Count > 0 && Join(text, joined[^1], box) is { } both)
            {
                joined[^1] = both;
            }
            else
            {
                joined.Add(box);
            }
        }

        return joined;
    }

    /// <summary>The boxes that are in no other, in order. One that is never closed ends with its line; one without braces at the formula's end.</summary>
    private static List<Box> Find(string text)
    {
        List<Box> boxes = [];
        Dictionary<int, int>? closing = null;
        int from = 0;
        foreach (Match command in Command().Matches(text))
        {
            if (command.Index < from)
            {
                continue;
            }

            int begin = command.Index + command.Length;
            closing ??= Pairs(text, command.Index);
            bool braced = text[begin - 1] == '{';
            if (braced && closing.TryGetValue(begin - 1, out int close))
            {
                boxes.Add(new Box(command.Index, close + 1, text[begin..close]));
                from = close + 1;
                continue;
            }

            int end = text.AsSpan(begin).IndexOfAny('\n', '$');
            end = end < 0 ? text.Length : begin + end;
            string rest = text[begin..end].Trim();
            boxes.Add(new Box(command.Index, end, BareEnd().Replace(rest, "")));
            from = end;
        }

        return boxes;
    }

    /// <summary>Which brace closes which, in one pass: an output of nothing but opened boxes must not cost its square.</summary>
    private static Dictionary<int, int> Pairs(string text, int start)
    {
        Dictionary<int, int> closing = [];
        Stack<int> open = [];
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    open.Push(i);
                    break;
                case '}' when open.TryPop(out int begin):
                    closing.Add(begin, i);
                    break;
                default:
                    break;
            }
        }

        return closing;
    }

    private static Box? Join(string text, Box first, Box second)
    {
        if (second.Index - first.End > LongestJoint || Joint().Match(text[first.End..second.Index]) is not { Success: true } joint)
        {
            return null;
        }

        if (first.Text == second.Text)
        {
            return second with { Index = first.Index };
        }

        string name = Name().Match(text, Math.Max(0, first.Index - LongestJoint), first.Index - Math.Max(0, first.Index - LongestJoint)).Value;
        name = first.Text.Contains('=', StringComparison.Ordinal) ? "" : name;
        string both = joint.Groups["set"].Success
            ? first.Text + joint.Groups["set"].Value + second.Text
            : name + first.Text + ", " + joint.Groups["name"].Value + second.Text;
        return new Box(first.Index, second.End, both);
    }

    [GeneratedRegex(@"\\(?:boxed|fbox)(?: ?\{|(?![A-Za-z{ ])| (?=[^{]))", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?:\\[\])]|[.,;:]|\.\s.*)\s*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex BareEnd();

    // "$ and $", ", ", "\cup", " or $y=$".
    [GeneratedRegex(
        @"\A[$\s]{0,99}(?:(?<set>\\cup|\\cap)|(?:,|;|(?:,|;)?\s{0,9}(?:\\text\{)?\s{0,9}(?:and|or)\s{0,9}\}?))[$\s]{0,99}(?<name>[A-Za-z]"
        + @"(?:_\{?[0-9A-Za-z]\}?)?\s{0,9}=)?[$\s]{0,99}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Joint();

    [GeneratedRegex(@"(?<![A-Za-z\\])[A-Za-z](?:_\{?[0-9A-Za-z]\}?)?\s{0,9}=\s{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
