namespace NaturalThoughts.Checkpoints.Chat;

/// <summary>A supervised turn as token ids.</summary>
/// <param name="Ids">The prompt, the response and the end of the turn.</param>
/// <param name="PromptLength">How many of them are the prompt, on which there is no loss.</param>
public sealed record EncodedExample(int[] Ids, int PromptLength)
{
    /// <summary>Tokens on which there is a loss: response and end of turn.</summary>
    public int SupervisedLength => Ids.Length - PromptLength;

    /// <summary>The response as the chat template writes it, which may be another text than was given; null where no template was at work.</summary>
    public string? Response { get; init; }
}
