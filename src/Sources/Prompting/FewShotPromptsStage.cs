using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Prompting;

/// <summary>
/// Writes the user's message of every question with worked examples before it, as MMLU-Pro asks: <c>prompts</c> with one more input. A
/// question that is among the examples is no example of its own prompt.
/// </summary>
public sealed class FewShotPromptsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "few-shot-prompts";

    /// <summary>The role of the examples, which are questions with a solution in their meta.</summary>
    public const string ExamplesRole = "examples";

    /// <summary>The file with the prompts.</summary>
    public const string Output = "prompts.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, ["questions", ExamplesRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        FewShotOptions options = context.Options<FewShotOptions>();
        if (options.Validate().ToList() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        List<Question> questions = QuestionRows.InOrder<Question>(context.Input("questions"), row => row.Id);
        List<Question> examples = QuestionRows.InOrder<Question>(context.Input(ExamplesRole), row => row.Id);
        ILookup<string, Question> byGroup = examples.ToLookup(example => Group(options, example), StringComparer.Ordinal);
        PromptText text = new(options);
        JsonLines.Write(context.Output(Output), questions.Select(question => Prompt(options, text, question, byGroup, context)));
        return new StageResult { Counts = { ["rows"] = questions.Count } };
    }

    private static Prompt Prompt(FewShotOptions options, PromptText text, Question question, ILookup<string, Question> byGroup, StageContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        string group = Group(options, question);
        Question[] examples = [.. byGroup[group].Where(example => example.Id != question.Id).Take(options.Count)];
        if (examples.Length < options.Count)
        {
            string where = options.By is null ? "" : $" whose {options.By} is '{group}'";
            throw new UserErrorException(
                FormattableString.Invariant(
                    $"There are {examples.Length} examples{where}, but the prompt of the question '{question.Id}' takes {options.Count}."),
                ExamplesRole,
                "Give more examples, or ask for fewer.");
        }

        string shown = string.Concat(examples.Select(example => text.Render(options.Example, example, null)));
        return new Prompt(question.Id, text.Render(options.Template, question, shown));
    }

    private static string Group(FewShotOptions options, Question question) => options.By is null ? "" : question.Meta.GetValueOrDefault(options.By, "");
}
