using System.Text;

namespace NaturalThoughts.Serving.Students;

/// <summary>
/// Tells thinking from the answer in a reply, by its think tags, which are not sent. Without an opening tag at its beginning a reply is answer as a whole.
/// </summary>
/// <param name="isOpen">True where the prompt ended with the opening tag.</param>
internal sealed class ThinkSplitter(bool isOpen)
{
    /// <summary>The tag that opens the thinking.</summary>
    public const string Open = "<think>";

    private const string Close = "</think>";

    private readonly StringBuilder _held = new();
    private State _state = isOpen ? State.Thinking : State.Start;

    private enum State
    {
        Start,
        Thinking,
        Answer,
    }

    /// <summary>True while the reply thinks.</summary>
    public bool IsThinking => _state == State.Thinking;

    /// <summary>What can be sent once a text came: thinking, and answer behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isLast">True when none follows: nothing is held back.</param>
    public (string Thinking, string Answer) Add(string text, bool isLast)
    {
        string thinking = "";
        _held.Append(text);
        if (_state == State.Start)
        {
            string start = _held.ToString().TrimStart();
            if (start.StartsWith(Open, StringComparison.Ordinal))
            {
                _state = State.Thinking;
                _held.Clear().Append(start[Open.Length..]);
            }
            else if (isLast || !Open.StartsWith(start, StringComparison.Ordinal))
            {
                _state = State.Answer;
            }
        }

        if (_state == State.Thinking)
        {
            string all = _held.ToString();
            int at = all.IndexOf(Close, StringComparison.Ordinal);
            int end = at >= 0 ? at : all.Length - (isLast ? 0 : Partial(all));
            thinking = all[..end];
            _held.Clear().Append(all[(at >= 0 ? at + Close.Length : end)..]);
            _state = at >= 0 ? State.Answer : State.Thinking;
        }

        if (_state != State.Answer)
        {
            return (thinking, "");
        }

        string answer = _held.ToString();
        _held.Clear();
        return (thinking, answer);
    }

    // The length of the end of the text that the closing tag begins with.
    private static int Partial(string text)
    {
        for (int length = Math.Min(text.Length, Close.Length - 1); length > 0; length--)
        {
            if (Close.StartsWith(text[^length..], StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }
}
