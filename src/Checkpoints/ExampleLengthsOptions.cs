using NaturalThoughts.Checkpoints.Chat;

namespace NaturalThoughts.Checkpoints;

/// <summary>The parameters of <see cref="ExampleLengthsStage"/>.</summary>
/// <param name="Think">The instruction in front of a question whose example reasons.</param>
/// <param name="Direct">The instruction in front of a question whose example is the answer alone.</param>
/// <param name="MaxTokens">Tokens of an example at most; fine-tuning drops longer ones, so they count 0.</param>
/// <param name="SpecialTokensInText">What special tokens inside a question or a response are.</param>
/// <param name="Adaptive">The prompt of an example without an instruction; null where there is none.</param>
public sealed record ExampleLengthsOptions(
    string Think, string Direct, int MaxTokens, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain, string? Adaptive = null);
