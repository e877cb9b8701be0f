using NaturalThoughts.Checkpoints.Tokenization;

namespace NaturalThoughts.Serving.Students;

/// <summary>
/// The text of tokens as they come: what is sent, put together, is what all tokens decode to. Characters whose bytes are not all there are held back.
/// </summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="before">Tokens before the text; none for a text of its own, which some tokenizers decode without the blank at its beginning.</param>
internal sealed class TextStream(Tokenizer tokenizer, params int[] before)
{
    private const char Broken = '\uFFFD';

    private readonly List<int> _ids = [.. before];
    private int _start;
    private int _given = before.Length;

    /// <summary>The text that the next token adds; empty where it is held back.</summary>
    public string Add(int id)
    {
        _ids.Add(id);
        string text = New();
        if (text.Length == 0 || text[^1] == Broken)
        {
            return "";
        }

        (_start, _given) = (_given, _ids.Count);
        return text;
    }

    /// <summary>The text that was held back, at the end of the reply.</summary>
    public string End()
    {
        string text = New();
        (_start, _given) = (_given, _ids.Count);
        return text;
    }

    // A few tokens that were sent come before the new ones: what a token decodes to may depend on the one before it.
    private string New()
    {
        int[] ids = [.. _ids[_start..]];
        string old = tokenizer.Decode(ids.AsSpan(0, _given - _start));
        string all = tokenizer.Decode(ids);
        return all.Length > old.Length ? all[old.Length..] : "";
    }
}
