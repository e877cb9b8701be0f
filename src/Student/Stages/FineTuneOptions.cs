using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>The parameters of <see cref="FineTuneStage"/>.</summary>
/// <param name="Training">The recipe.</param>
/// <param name="Seed">Of the order of the examples, of dropout, of adapters and of stochastic rounding.</param>
/// <param name="SpecialTokensInText">What special tokens inside a question or a response are.</param>
public sealed record FineTuneOptions(TrainingOptions Training, string Seed, SpecialTokensInText SpecialTokensInText = SpecialTokensInText.Plain);
