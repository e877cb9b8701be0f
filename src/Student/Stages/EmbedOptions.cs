using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Stages;

/// <summary>The parameters of <see cref="EmbedStage"/>.</summary>
/// <param name="BatchTokens">Tokens that are passed through the student together, padding included; at least 1.</param>
/// <param name="Precision"><c>float32</c> or <c>bf16</c>; null for float32.</param>
/// <param name="SpecialTokensInText">What special tokens inside a question are.</param>
/// <param name="Pooling">How the states of a question become one vector.</param>
public sealed record EmbedOptions(
    int BatchTokens, string? Precision, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain, EmbedPooling Pooling = EmbedPooling.Mean);
