using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>
/// The chat template of a checkpoint: how a user's message becomes the prompt, and a prompt and a response a training example. The prompt
/// of training and that of generation are the same text and the same ids; prompt and response are encoded one by one, as generation meets
/// them. Immutable except for the tokenizer's cache, and safe for concurrent use.
/// </summary>
public sealed class ChatFormat
{
    private readonly Tokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly SpecialTokensInText _special;

    private ChatFormat(Tokenizer tokenizer, ChatTemplate template, ChatTokens tokens, SpecialTokensInText special)
    {
        (_tokenizer, _template, _special) = (tokenizer, template, special);
        (EndOfTurnId, PadId, Warnings) = (tokens.EndOfTurnId, tokens.PadId, tokens.Warnings);
    }

    /// <summary>The token that ends the assistant's turn; learned in training, and the end of generation.</summary>
    public int EndOfTurnId { get; }

    /// <summary>The token that fills batches; never the end of turn, or the end would not be learned.</summary>
    public int PadId { get; }

    /// <summary>What a user should know of the folder.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads tokenizer_config.json, and where they are there chat_template.jinja, config.json and generation_config.json, of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="special">What special tokens inside messages are.</param>
    /// <param name="chatTemplate">The text of a template in place of the folder's own, or null.</param>
    /// <exception cref="UserErrorException">
    /// A file is missing or malformed, the files contradict one another, the template cannot be rendered, or a token that is needed is missing.
    /// </exception>
    public static ChatFormat Load(string folder, Tokenizer tokenizer, SpecialTokensInText special = SpecialTokensInText.Plain, string? chatTemplate = null)
    {
        ChatTemplate template = ChatTemplate.Read(folder, chatTemplate);
        return new ChatFormat(tokenizer, template, ChatTokens.Read(folder, template, tokenizer), special);
    }

    /// <summary>The ids of a conversation with one user message, up to where the assistant's words begin.</summary>
    /// <exception cref="UserErrorException">The template cannot be rendered.</exception>
    public int[] Prompt(string userMessage)
    {
        PlainSpecialTokens plain = Plain(userMessage);
        return plain.Encode(_template.Prompt(plain.Hide(userMessage)));
    }

    /// <summary>The ids of a conversation, up to where the assistant's next words begin.</summary>
    /// <param name="messages">Roles, as the template knows them, and contents.</param>
    /// <exception cref="UserErrorException">The template cannot be rendered, or refuses these roles or their order.</exception>
    public int[] Prompt(IReadOnlyList<(string Role, string Content)> messages)
    {
        PlainSpecialTokens plain = Plain([.. messages.Select(message => message.Content)]);
        return plain.Encode(_template.Render(generation: true, [.. messages.Select(message => (message.Role, plain.Hide(message.Content)))]));
    }

    /// <summary>The ids of a prompt and its response, up to the end of turn; what the template writes behind it nobody reads.</summary>
    /// <exception cref="UserErrorException">The template cannot be rendered, or writes another prompt before a response than without it.</exception>
    public EncodedExample Example(string prompt, string response)
    {
        PlainSpecialTokens plain = Plain(prompt, response);
        string start = _template.Prompt(plain.Hide(prompt));
        string whole = _template.Example(plain.Hide(prompt), plain.Hide(response));
        if (!whole.StartsWith(start, StringComparison.Ordinal))
        {
            throw new UserErrorException(
                "The chat template writes another prompt before a response in training than it writes for generation.", _template.Origin, TemplateErrors.WayOut,
                ExitCode.TargetFailed);
        }

        int[] before = plain.Encode(start);
        int[] behind = plain.Encode(whole[start.Length..], before);
        int end = Array.LastIndexOf(behind, EndOfTurnId);
        int mark = whole.LastIndexOf(_tokenizer.TextOf(EndOfTurnId), StringComparison.Ordinal);
        return end >= 0 && mark >= start.Length
            ? new EncodedExample([.. before, .. behind[..(end + 1)]], before.Length) { Response = plain.Reveal(whole[start.Length..mark]) }
            : throw new UserErrorException(
                "The chat template does not end the assistant's turn.", _template.Origin, TemplateErrors.WayOut, ExitCode.TargetFailed);
    }

    private PlainSpecialTokens Plain(params ReadOnlySpan<string> messages) =>
        _special == SpecialTokensInText.Plain ? PlainSpecialTokens.For(_tokenizer, messages) : PlainSpecialTokens.None(_tokenizer);
}
