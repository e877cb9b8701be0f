using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Checkpoints;

/// <summary>
/// Measures the training examples that a pool would give, by the tokenizer and the chat template of a student: prompt, response and end of turn, as fine-tuning
/// counts them. One row for each trace, in the order of the questions. Selections that are matched in tokens or steps count by it.
/// </summary>
public sealed class ExampleLengthsStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "example-lengths";

    /// <summary>The role of the student's folder; its weights are not read.</summary>
    public const string CheckpointRole = "checkpoint";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The file with the <see cref="ExampleLength"/>s.</summary>
    public const string Output = "lengths.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CheckpointRole, QuestionsRole, TracesRole], [Output]);

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        ExampleLengthsOptions options = context.Options<ExampleLengthsOptions>();
        string folder = context.Input(CheckpointRole);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatFormat chat = ChatFormat.Load(folder, tokenizer, options.SpecialTokensInText);
        int most = Math.Min(options.MaxTokens, ModelConfig.Read(folder).MaxPositionEmbeddings);
        List<Question> questions = QuestionRows.InOrder<Question>(context.Input(QuestionsRole), row => row.Id);
        Dictionary<string, Trace> traces = QuestionRows.ById<Trace>(
            context.Input(TracesRole), row => row.QuestionId, [.. questions.Select(question => question.Id)]);

        List<ExampleLength> lengths = [];
        foreach (Question question in questions.Where(question => traces.ContainsKey(question.Id)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Trace trace = traces[question.Id];
            lengths.Add(new ExampleLength(
                question.Id,
                Trained(options.Think, ResponseFormat.System2(trace), question),
                Trained(options.Direct, ResponseFormat.System1(trace), question))
            {
                System2Bare = options.Adaptive is { } bare ? Trained(bare, ResponseFormat.System2(trace), question) : null,
                System1Bare = options.Adaptive is { } same ? Trained(same, ResponseFormat.System1(trace), question) : null,
            });
            context.Progress?.Report(new StageProgress(lengths.Count, traces.Count, "traces"));
        }

        JsonLines.Write(context.Output(Output), lengths);
        return new StageResult
        {
            Counts = new(StringComparer.Ordinal)
            {
                ["rows"] = lengths.Count,
                ["tokens"] = lengths.Sum(row => (long)row.System2),
                ["tooLong"] = lengths.Count(row => row.System2 == 0),
            },
        };

        // Longer examples are dropped before training, never cut.
        int Trained(string template, string response, Question question)
        {
            int length = chat.Example(PromptTemplate.Render(template, question), response).Ids.Length;
            return length <= most ? length : 0;
        }
    }
}
