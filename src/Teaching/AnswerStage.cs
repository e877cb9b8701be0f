using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Has a model behind an endpoint answer each prompt: what <c>generate</c> does with a student. Every reply is an answer, cut or not, so that the
/// grader sees what the model wrote; reasoning that came in a field of its own is put between think tags.
/// </summary>
public sealed class AnswerStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "answer";

    /// <summary>The role of the prompts.</summary>
    public const string PromptsRole = "prompts";

    /// <summary>The file with the answers.</summary>
    public const string Output = "answers.jsonl";

    /// <summary>The file with what became no record.</summary>
    public const string Failures = FailedReply.File;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [PromptsRole], [Output, Failures]) { CallsModels = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        AnswerOptions options = context.Options<AnswerOptions>();
        PromptCheck.Throw(options.Validate());
        List<Prompt> prompts = ShardRows.InOrder<Prompt>(context.Input(PromptsRole), options.Shard, prompt => prompt.QuestionId);
        using RemoteSession session = new(context, options.Endpoint);
        session.Run(prompts, Output, async (prompt, cancellation) =>
        {
            ChatCall call = ChatCall.Of(options.Endpoint, Conversation.Begin(options.System, prompt.Text), sample: options.Sample);
            CallOutcome outcome = await session.Model.CallAsync(call, cancellation).ConfigureAwait(false);
            if (outcome.Entry is not { Reply: var reply })
            {
                return new RowResult<ModelAnswer>(null, Conversation.Unanswered(prompt.QuestionId, outcome), Unanswered: true);
            }

            int tokens = reply.ReplyTokens ?? 0;
            return new RowResult<ModelAnswer>(
                new ModelAnswer(prompt.QuestionId, prompt.Text, AnswerText.Of(reply), tokens, reply.FinishReason == "length"), null, Tokens: tokens);
        });
        return session.Result();
    }
}
