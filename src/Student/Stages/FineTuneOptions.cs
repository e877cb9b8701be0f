using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>The parameters of <see cref="FineTuneStage"/>.</summary>
/// <param name="Training">The recipe.</param>
/// <param name="Seed">Of the held-out examples, the order of the others, the first values of an adapter, and stochastic rounding.</param>
/// <param name="SpecialTokensInText">What special tokens inside a question or a response are.</param>
public sealed record FineTuneOptions(TrainingOptions Training, string Seed, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain);
