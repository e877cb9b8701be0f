using NaturalThoughts.MiniWorld.Families;
using NaturalThoughts.MiniWorld.Problems;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>A question together with what the generator knows of it. Only the teacher sees it.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Level">Its level.</param>
/// <param name="Problem">Facts and solution.</param>
/// <param name="Question">What everyone sees.</param>
/// <param name="OptionValues">The value of each option; empty for a free-answer question.</param>
internal sealed record WorldItem(QuestionFamily Family, int Level, Problem Problem, Question Question, IReadOnlyList<int> OptionValues);
