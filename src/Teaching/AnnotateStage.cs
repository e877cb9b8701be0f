using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Has a model annotate each question that has a trace: domain, topics, strategies, verbosity. A row one of whose replies cannot be read, after
/// all repairs, goes to <c>failures.jsonl</c>. Both files have the order of the questions.
/// </summary>
public sealed class AnnotateStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "annotate";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The file with the annotations.</summary>
    public const string Output = "annotations.jsonl";

    /// <summary>The file with what became no record.</summary>
    public const string Failures = FailedReply.File;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, TracesRole], [Output, Failures]) { CallsModels = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        AnnotateOptions options = context.Options<AnnotateOptions>();
        PromptCheck.Throw(options.Validate());
        List<Question> questions = ShardRows.InOrder<Question>(context.Input(QuestionsRole), options.Shard, question => question.Id);
        Dictionary<string, Trace> traces = ShardRows.ById<Trace>(context.Input(TracesRole), options.Shard, trace => trace.QuestionId);
        Question[] taught = [.. questions.Where(question => traces.ContainsKey(question.Id))];
        using RemoteSession session = new(context, options.Endpoint);
        (StructuredCalls Calls, AnnotationReader Reader, string Prompt)[] tasks = [.. options.Tasks.Select(task =>
        {
            AnnotationReader reader = new(task.Fields, options.Domains);
            return (new StructuredCalls(session.Model, reader.Schema, options.Structured, options.Repairs), reader, task.Prompt);
        })];
        string domains = string.Join('\n', options.Domains);
        int repairs = 0;
        session.Run<Question, Annotation>(taught, Output, async (question, cancellation) =>
        {
            Trace trace = traces[question.Id];
            Dictionary<string, string> values = new(StringComparer.Ordinal)
            {
                ["{question}"] = TextTemplate.Of(question),
                ["{thinking}"] = trace.Thinking,
                ["{answer}"] = trace.Answer,
                ["{domains}"] = domains,
            };
            AnnotationFields all = AnnotationFields.None;
            int tokens = 0;
            foreach ((StructuredCalls calls, AnnotationReader reader, string prompt) in tasks)
            {
                StructuredReply<AnnotationFields> reply = await calls.AskAsync(
                    question.Id, Conversation.Begin(options.System, TextTemplate.Fill(prompt, values)), reader.Read, cancellation).ConfigureAwait(false);
                tokens += reply.Tokens;
                Interlocked.Add(ref repairs, reply.Repairs);
                if (reply.Value is not { } fields)
                {
                    return new RowResult<Annotation>(null, reply.Failure, reply.Unanswered, tokens);
                }

                all = all.With(fields);
            }

            return new RowResult<Annotation>(
                new Annotation(question.Id, all.Domain!, all.Strategies!, all.Verbosity!.Value) { Topics = all.Topics }, null, Tokens: tokens);
        });
        session.Count("repairs", repairs);
        session.Count("dropped", questions.Count - taught.Length);
        return session.Result();
    }
}
