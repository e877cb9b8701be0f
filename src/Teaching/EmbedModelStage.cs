using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Has a model behind an endpoint embed the questions' texts, without options: what <c>embed</c> does with a student. The rows have the order
/// of the questions, float32 vectors of one length. Each vector is kept as a call of its own, whatever it was sent with.
/// </summary>
public sealed class EmbedModelStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "embed-model";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The file with the embeddings.</summary>
    public const string Output = "embeddings.jsonl";

    /// <summary>The file with what became no record.</summary>
    public const string Failures = FailedReply.File;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output, Failures]) { CallsModels = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        EmbedModelOptions options = context.Options<EmbedModelOptions>();
        PromptCheck.Throw(options.Validate());
        List<Question> questions = ShardRows.InOrder<Question>(context.Input(QuestionsRole), options.Shard, question => question.Id);
        using RemoteSession session = new(context, options.Endpoint);
        session.Run(questions, options.Batch, Output, async (batch, cancellation) =>
        {
            EmbeddingCall[] calls = [.. batch.Select(question => EmbeddingCall.Of(options.Endpoint, question.Text, options.Dimensions))];
            IReadOnlyList<CallOutcome> outcomes = await session.Model.EmbedAsync(calls, options.Encoding, cancellation).ConfigureAwait(false);
            return (IReadOnlyList<RowResult<Embedding>>)[.. batch.Zip(outcomes, Row)];
        });
        StageResult result = session.Result();
        result.Measured["requests"] = session.Model.Totals.Requests;
        return result;
    }

    private static RowResult<Embedding> Row(Question question, CallOutcome outcome) => outcome.Entry is { Reply: var reply }
        ? new RowResult<Embedding>(new Embedding(question.Id, EmbeddingVector.FromText(reply.Content)), null)
        : new RowResult<Embedding>(null, Conversation.Unanswered(question.Id, outcome), Unanswered: true);
}
