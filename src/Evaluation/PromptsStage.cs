using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>Writes the user's message of every question, in the order of the questions.</summary>
public sealed class PromptsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "prompts";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the prompts.</summary>
    public const string Output = "prompts.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        PromptsOptions options = context.Options<PromptsOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), row => row.Id);
        JsonLines.Write(
            context.Output(Output),
            questions.Select(question => new Prompt(question.Id, PromptTemplate.Render(options.Template, question))));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = questions.Count } };
    }
}
