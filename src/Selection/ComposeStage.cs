using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// Makes the training set of a selection: one example a question, in the order of the selection, System 2 or System 1 by the mix.
/// Which questions it holds does not depend on the mix. A stated share has no instruction in its prompt. Of a large pool, the rows of the selection alone are
/// held.
/// </summary>
public sealed class ComposeStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "compose";

    /// <summary>The role of the selection.</summary>
    public const string SelectionRole = "selection";

    /// <summary>The file with the training set.</summary>
    public const string Output = "training.jsonl";

    /// <summary>The file with the <see cref="CompositionReport"/>.</summary>
    public const string Report = "report.json";

    /// <inheritdoc />
    public StageDescription Description { get; } =
        new(Name, [SelectionRole, Roles.Questions, Roles.Traces], [Output, Report]) { OptionalInputs = [Roles.Judgements] };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ComposeOptions options = context.Options<ComposeOptions>();
        if (options.Corrupt is { } share && !(share is > 0 and <= 1))
        {
            throw new UserErrorException("The share of corrupted examples is outside 0 to 1.", "corrupt", "Give a number above 0, at most 1, or leave it out.");
        }

        Mix mix = Mix.Parse(options.Mix);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UserErrorException(errors);
        }

        QuestionIndex selection = new();
        string selected = context.Input(SelectionRole);
        foreach (Selected row in JsonLines.Stream<Selected>(selected))
        {
            selection.Add(row.QuestionId, selected);
        }

        QuestionIndex.Column<Question> questions = selection.Read<Question, Question>(context.Input(Roles.Questions), row => row.Id, row => row, others: true);
        QuestionIndex.Column<Trace> traces = selection.Read<Trace, Trace>(context.Input(Roles.Traces), row => row.QuestionId, row => row, others: true);
        QuestionIndex.Column<bool>? agree = mix.NeedsJudgements
            ? selection.Read<Judgement, bool>(context.Needed(Roles.Judgements), row => row.QuestionId, row => row.Agree, others: true)
            : null;

        bool[] thinks = ExampleKinds.System2(mix, options.Seed, selection.Ids, place => agree![place]);
        bool[] bare = ExampleKinds.WithoutInstruction(options.InstructionDropout, options.Seed, selection.Ids);

        IReadOnlyDictionary<int, int>? donors = options.Corrupt is { } corrupt
            ? TraceCorruption.Of(selection.Ids, place => traces[place], corrupt, options.Seed)
            : null;
        List<TrainingExample> examples = [];
        for (int place = 0; place < selection.Ids.Count; place++)
        {
            string id = selection.Ids[place];
            Trace trace = donors?.TryGetValue(place, out int donor) == true ? traces[donor] : traces[place];
            if (string.IsNullOrWhiteSpace(trace.Answer) || (thinks[place] && string.IsNullOrWhiteSpace(trace.Thinking)))
            {
                throw new UserErrorException(
                    $"The trace of '{id}' has no {(string.IsNullOrWhiteSpace(trace.Answer) ? "answer" : "thinking")} to train on.", context.Input(Roles.Traces),
                    "Leave such traces out of the pool.");
            }

            examples.Add(new TrainingExample(
                id,
                PromptTemplate.Render(bare[place] ? options.Adaptive! : thinks[place] ? options.Think : options.Direct, questions[place]),
                thinks[place] ? ResponseFormat.System2(trace) : ResponseFormat.System1(trace),
                thinks[place] ? Mix.System2.Name : Mix.System1.Name));
        }

        JsonLines.Write(context.Output(Output), examples);
        CompositionReport report = CompositionReport.Of(
            mix, Enumerable.Range(0, selection.Ids.Count).Select(place => (questions[place], thinks[place], bare[place])));
        report.Write(context.Output(Report));
        StageResult result = new()
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = examples.Count,
                ["system2"] = report.All.System2,
                ["system1"] = report.All.System1,
                ["withoutInstruction"] = report.All.WithoutInstruction,
            },
        };
        if (donors is not null)
        {
            result.Counts["corrupted"] = donors.Count;
        }

        return result;
    }
}
