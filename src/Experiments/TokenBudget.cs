using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Experiments;

/// <summary>Most tokens that a table's targets may take together, whether they were run or found.</summary>
/// <param name="PretrainingTokens">Trained tokens of the base student.</param>
/// <param name="SftTokens">Trained tokens of all fine-tuned students.</param>
/// <param name="GenerationTokens">Generated tokens of all answers.</param>
public sealed record TokenBudget(long PretrainingTokens, long SftTokens, long GenerationTokens)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{PretrainingTokens:N0} tokens of pre-training, {SftTokens:N0} of fine-tuning, {GenerationTokens:N0} of generation");

    /// <summary>One error for each part of the budget that was passed; the counts are those of <see cref="StageResult"/>.</summary>
    /// <param name="runs">Stage name and result of each target of the table, each distinct run once.</param>
    /// <param name="take">How the message says that they take so many tokens.</param>
    public IReadOnlyList<UserError> Check(IEnumerable<(string Stage, StageResult Result)> runs, string take = "took")
    {
        List<(string Stage, StageResult Result)> all = [.. runs];
        return
        [
            .. Over([PretrainStage.Name], StageResult.TrainedTokens, "pretrainingTokens", PretrainingTokens),
            .. Over([FineTuneStage.Name], StageResult.TrainedTokens, "sftTokens", SftTokens),
            .. Over([GenerateStage.Name, CloseThinkingStage.Name], StageResult.GeneratedTokens, "generationTokens", GenerationTokens),
        ];

        IEnumerable<UserError> Over(string[] stages, string count, string key, long most)
        {
            long sum = all.Where(run => stages.Contains(run.Stage)).Sum(run => run.Result.Counts.GetValueOrDefault(count));
            if (sum > most)
            {
                yield return new UserError(
                    FormattableString.Invariant($"The targets {take} {sum} tokens, above the budget of {most}."), $"budget.{key}",
                    "Raise the budget or give the profile less to do.");
            }
        }
    }
}
