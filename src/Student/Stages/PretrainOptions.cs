using System.Text.Json.Nodes;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Student.Stages;

/// <summary>The parameters of <see cref="PretrainStage"/>.</summary>
/// <param name="Student">The model as <c>config.json</c> spells it, without the vocabulary and the ids of special tokens, which are the tokenizer's.</param>
/// <param name="Training">The recipe.</param>
/// <param name="Seed">Of the first weights and of the order of the examples.</param>
public sealed record PretrainOptions(JsonObject Student, TrainingOptions Training, string Seed);
