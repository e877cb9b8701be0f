using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing;

/// <summary>A run on one benchmark, over the questions that are compared.</summary>
/// <param name="Label">The run.</param>
/// <param name="Metric">What its answers were graded by.</param>
/// <param name="Accuracy">Mean score, from 0 to 1.</param>
/// <param name="StandardError">Clustered by question, see <see cref="RepeatedMean.QuestionError"/>; where repeats are runs of their own, that of
/// <see cref="CrossedMeanSquares"/>. NaN for one question.</param>
/// <param name="Interval">The interval of the accuracy at 95 %: Wilson's for one answer a question, else Student's over questions.</param>
/// <param name="Tokens">Mean generated tokens per answer; null where an answer does not say.</param>
public sealed record ScoredRun(string Label, string Metric, double Accuracy, double StandardError, Interval Interval, double? Tokens);
