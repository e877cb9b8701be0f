using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Solving;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>
/// The world's second model, a bounded reader of the text: right on easy questions, wrong more often as steps grow. The answer
/// depends on the question's text and options alone.
/// </summary>
public sealed class WorldSolveStage : IStage
{
    /// <inheritdoc />
    public StageDescription Description { get; } = new("world-solve", ["questions"], ["answers.jsonl"]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        context.Options<WorldSolveOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), question => question.Id);
        List<ModelAnswer> answers = [];
        foreach (Question question in questions)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string output = "Answer: " + FastSolver.Answer(question.Text, question.Options);
            answers.Add(new ModelAnswer(question.Id, PromptTemplate.Render("{question}\n{options}", question), output, WordSplitter.Count(output), Truncated: false));
        }

        JsonLines.Write(context.Output("answers.jsonl"), answers);
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = answers.Count } };
    }
}
