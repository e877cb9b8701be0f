using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>
/// Keeps special tokens inside messages plain: a noncharacter, which no text holds, breaks their text before the template is rendered, and
/// goes when the special tokens of the template itself are found.
/// </summary>
internal sealed class PlainSpecialTokens
{
    // Unicode's noncharacters for internal use: U+FDD0 to U+FDEF.
    private const char First = '\ufdd0';
    private const char Last = '\ufdef';

    private readonly Tokenizer _tokenizer;
    private readonly char? _mark;

    private PlainSpecialTokens(Tokenizer tokenizer, char? mark) => (_tokenizer, _mark) = (tokenizer, mark);

    /// <summary>Keeps nothing plain: special tokens in messages are special.</summary>
    public static PlainSpecialTokens None(Tokenizer tokenizer) => new(tokenizer, null);

    /// <summary>Keeps the special tokens of these messages plain; messages without any stay as they are.</summary>
    /// <exception cref="UserErrorException">The messages hold a special token, and all noncharacters that could break it.</exception>
    public static PlainSpecialTokens For(Tokenizer tokenizer, params ReadOnlySpan<string> messages)
    {
        bool needed = false;
        foreach (string message in messages)
        {
            needed |= tokenizer.HasSpecial(message);
        }

        if (!needed)
        {
            return None(tokenizer);
        }

        for (char mark = First; mark <= Last; mark++)
        {
            bool free = true;
            foreach (string message in messages)
            {
                free &= !message.Contains(mark, StringComparison.Ordinal);
            }

            if (free)
            {
                return new PlainSpecialTokens(tokenizer, mark);
            }
        }

        throw new UserErrorException(
            "A message holds special tokens and each of the noncharacters U+FDD0 to U+FDEF.", hint: "Take the noncharacters out of it.",
            exitCode: ExitCode.TargetFailed);
    }

    /// <summary>The message with its special tokens broken.</summary>
    public string Hide(string message) => _mark is { } mark ? _tokenizer.BreakSpecial(message, mark) : message;

    /// <summary>The text as it was before <see cref="Hide"/>.</summary>
    public string Reveal(string text) => _mark is { } mark ? text.Replace(mark.ToString(), "", StringComparison.Ordinal) : text;

    /// <summary>The ids of rendered text, which may go on behind other ids.</summary>
    public int[] Encode(string rendered, ReadOnlySpan<int> before = default)
    {
        bool continues = _tokenizer.IsText(before);
        return _mark is { } mark ? _tokenizer.EncodeBroken(rendered, mark, continues) : _tokenizer.EncodeAfter(rendered, continues);
    }
}
