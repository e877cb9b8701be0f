using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation;

/// <summary>Writes the user's message of every question, in the order of the questions.</summary>
public sealed class PromptsStage : IStage
{
    /// <inheritdoc />
    public StageDescription Description { get; } = new("prompts", ["questions"], ["prompts.jsonl"]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        PromptsOptions options = context.Options<PromptsOptions>();
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        JsonLines.Write(
            context.Output("prompts.jsonl"),
            questions.Select(question => new Prompt(question.Id, PromptTemplate.Render(options.Template, question))));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = questions.Count } };
    }
}
