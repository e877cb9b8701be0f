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
    /// <summary>The stage's name.</summary>
    public const string Name = "world-solve";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the answers.</summary>
    public const string Output = "answers.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        context.Options<WorldSolveOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), question => question.Id);
        List<ModelAnswer> answers = [];
        foreach (Question question in questions)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            string output = "Answer: " + FastSolver.Answer(question.Text, question.Options);
            answers.Add(
                new ModelAnswer(question.Id, PromptTemplate.Render("{question}\n{options}", question), output, WordSplitter.Count(output), Truncated: false));
        }

        JsonLines.Write(context.Output(Output), answers);
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = answers.Count } };
    }
}
