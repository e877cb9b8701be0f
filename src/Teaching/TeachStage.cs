using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Asks a teacher behind an endpoint for a trace of each question. Replies that were cut, loop, refuse, or lack tags, thinking or answer go to
/// <c>failures.jsonl</c> with their reason. Both files have the order of the questions.
/// </summary>
public sealed class TeachStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "teach";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the traces.</summary>
    public const string Output = "traces.jsonl";

    /// <summary>The file with what became no record.</summary>
    public const string Failures = FailedReply.File;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output, Failures]) { CallsModels = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        TeachOptions options = context.Options<TeachOptions>();
        PromptCheck.Throw(options.Validate());
        List<Question> questions = ShardRows.InOrder<Question>(context.Input(QuestionsRole), options.Shard, question => question.Id);
        using RemoteSession session = new(context, options.Endpoint);
        session.Run(questions, Output, async (question, cancellation) =>
        {
            string text = PromptTemplate.Render(options.Prompt, question);
            ChatCall call = ChatCall.Of(options.Endpoint, Conversation.Begin(options.System, text), sample: options.Sample);
            CallOutcome outcome = await session.Model.CallAsync(call, cancellation).ConfigureAwait(false);
            if (outcome.Entry is not { } entry)
            {
                return new RowResult<Trace>(null, Conversation.Unanswered(question.Id, outcome), Unanswered: true);
            }

            (Trace? trace, FailedReply? failure) = TraceReader.Read(question.Id, entry.Reply);
            return new RowResult<Trace>(trace, failure, Tokens: entry.Reply.ReplyTokens ?? 0);
        });
        return session.Result();
    }
}
