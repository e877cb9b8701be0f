using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// Makes the training set of a selection: one example a question, in the order of the selection, System 2 or System 1 by the mix.
/// Which questions it holds does not depend on the mix.
/// </summary>
public sealed class ComposeStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "compose";

    /// <summary>The role of the selection.</summary>
    public const string SelectionRole = "selection";

    /// <summary>The file with the training set.</summary>
    public const string Output = "training.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } =
        new(Name, [SelectionRole, Roles.Questions, Roles.Traces], [Output]) { OptionalInputs = [Roles.Judgements] };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ComposeOptions options = context.Options<ComposeOptions>();
        Mix mix = Mix.Parse(options.Mix);
        Dictionary<string, Question> questions = QuestionRows.ById<Question>(context.Input(Roles.Questions), row => row.Id);
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(context.Input(Roles.Traces), row => row.QuestionId);
        Dictionary<string, Judgement> judgements = mix.NeedsJudgements
            ? QuestionRows.ById<Judgement>(context.Needed(Roles.Judgements), row => row.QuestionId)
            : [];
        List<Selected> selection = QuestionRows.InOrder<Selected>(context.Input(SelectionRole), row => row.QuestionId, questions.Keys);

        bool Thinks(string id) => mix.Probability is { } probability
            ? SeededRandom.DrawDouble("compose", "mix", options.Seed, id) < probability
            : mix.NeedsJudgements
                ? !QuestionRows.Row(judgements, id, context.Input(Roles.Judgements)).Agree
                : mix == Mix.System2;

        List<TrainingExample> examples = [];
        foreach (string id in selection.Select(row => row.QuestionId))
        {
            Trace trace = QuestionRows.Row(traces, id, context.Input(Roles.Traces));
            bool thinks = Thinks(id);
            if (string.IsNullOrWhiteSpace(trace.Answer) || (thinks && string.IsNullOrWhiteSpace(trace.Thinking)))
            {
                throw new UserErrorException($"The trace of '{id}' has no {(string.IsNullOrWhiteSpace(trace.Answer) ? "answer" : "thinking")} to train on.", context.Input(Roles.Traces), "Leave such traces out of the pool.");
            }

            examples.Add(new TrainingExample(
                id,
                PromptTemplate.Render(thinks ? options.Think : options.Direct, questions[id]),
                thinks ? ResponseFormat.System2(trace) : ResponseFormat.System1(trace),
                thinks ? Mix.System2.Name : Mix.System1.Name));
        }

        JsonLines.Write(context.Output(Output), examples);
        int system2 = examples.Count(example => example.Mode == Mix.System2.Name);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal) { ["rows"] = examples.Count, ["system2"] = system2, ["system1"] = examples.Count - system2 },
        };
    }
}
