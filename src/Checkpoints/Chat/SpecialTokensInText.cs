namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>What the text of a special token (such as <c>&lt;|eot_id|&gt;</c>) inside a question or a response is.</summary>
public enum SpecialTokensInText
{
    /// <summary>Text like any other, so that nobody's words end a turn.</summary>
    Plain,

    /// <summary>The special token, as Transformers' <c>apply_chat_template</c> has it.</summary>
    Parsed,
}
