using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>
/// Has a model judge whether the teacher and a second model give the same answer. What the rules of <c>judge</c> can decide costs no call:
/// equal answers, other options, no answer. The rest is asked twice, in both orders. One judgement a question that has a trace, in the
/// order of the questions.
/// </summary>
public sealed class JudgeModelStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "judge-model";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of the traces.</summary>
    public const string TracesRole = "traces";

    /// <summary>The role of the second model's answers.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the judgements.</summary>
    public const string Judgements = "judgements.jsonl";

    /// <summary>The file with how each of them came about.</summary>
    public const string Verdicts = "verdicts.jsonl";

    /// <summary>The file with what became no record.</summary>
    public const string Failures = FailedReply.File;

    private const string Schema = """{"additionalProperties":false,"properties":{"same":{"type":"boolean"}},"required":["same"],"type":"object"}""";
    private const int LongestAnswer = 4000;

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole, TracesRole, AnswersRole], [Judgements, Verdicts, Failures]) { CallsModels = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        JudgeModelOptions options = context.Options<JudgeModelOptions>();
        PromptCheck.Throw(options.Validate());
        List<Question> questions = ShardRows.InOrder<Question>(context.Input(QuestionsRole), options.Shard, question => question.Id);
        Dictionary<string, Trace> traces = ShardRows.ById<Trace>(context.Input(TracesRole), options.Shard, trace => trace.QuestionId);
        Dictionary<string, ModelAnswer> answers = ShardRows.ById<ModelAnswer>(context.Input(AnswersRole), options.Shard, answer => answer.QuestionId);
        Question[] taught = [.. questions.Where(question => traces.ContainsKey(question.Id))];
        using RemoteSession session = new(context, options.Endpoint);
        StructuredCalls calls = new(session.Model, Schema, options.Structured, options.Repairs);
        session.Run<Question, Verdict>(taught, Verdicts, async (question, cancellation) =>
        {
            string teacher = traces[question.Id].Answer;
            string second = answers.TryGetValue(question.Id, out ModelAnswer? answer) ? answer.Output : "";
            return ByRules(question, teacher, second) is { } decided
                ? new RowResult<Verdict>(decided, null)
                : await AskAsync(question, Shown(question, teacher)!, Shown(question, second)!, options, calls, cancellation).ConfigureAwait(false);
        });
        foreach (string how in Verdict.All)
        {
            session.Count(how, 0);
        }

        JsonLines.Write(context.Output(Judgements), JsonLines.Stream<Verdict>(context.Output(Verdicts)).Select(verdict =>
        {
            session.Count(verdict.How, 1);
            session.Count("disagree", verdict.Agree ? 0 : 1);
            return new Judgement(verdict.QuestionId, verdict.Agree);
        }));
        session.Count("dropped", questions.Count - taught.Length);
        return session.Result();
    }

    private static Verdict? ByRules(Question question, string teacher, string second)
    {
        string? first = AnswerExtraction.Extract(teacher, question.Options);
        string? other = AnswerExtraction.Extract(second, question.Options);
        if (first is not null && other is not null)
        {
            return AnswerEquality.Same(first, other) ? new Verdict(question.Id, true, Verdict.SameAnswer, first, other)
                : question.Options.Count > 0 ? new Verdict(question.Id, false, Verdict.OtherOption, first, other)
                : null;
        }

        return Shown(question, teacher) is null || Shown(question, second) is null ? new Verdict(question.Id, false, Verdict.NoAnswer, first, other) : null;
    }

    // What the judge is shown: the answer where one is committed to, else the end of what is written after the thinking.
    private static string? Shown(Question question, string output)
    {
        string? text = AnswerExtraction.Extract(output, question.Options) ?? Thinking.Visible(output)?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length > LongestAnswer ? text[^LongestAnswer..] : text;
    }

    private static async Task<RowResult<Verdict>> AskAsync(
        Question question, string teacher, string second, JudgeModelOptions options, StructuredCalls calls, CancellationToken cancellation)
    {
        int tokens = 0;
        List<bool> same = [];
        foreach ((string first, string other) in new[] { (teacher, second), (second, teacher) })
        {
            string prompt = TextTemplate.Fill(options.Prompt, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["{question}"] = TextTemplate.Of(question),
                ["{first}"] = first,
                ["{second}"] = other,
            });
            StructuredReply<object> reply = await calls.AskAsync<object>(
                question.Id, Conversation.Begin(options.System, prompt), json => JsonReply.Truth(json, "same"), cancellation).ConfigureAwait(false);
            tokens += reply.Tokens;
            if (reply.Value is not bool verdict)
            {
                return new RowResult<Verdict>(
                    new Verdict(question.Id, options.AgreeWhenUndecided, Verdict.NoVerdict, teacher, second), reply.Failure, reply.Unanswered, tokens);
            }

            same.Add(verdict);
        }

        Verdict result = same[0] == same[1]
            ? new Verdict(question.Id, same[0], Verdict.Judged, teacher, second)
            : new Verdict(question.Id, options.AgreeWhenUndecided, Verdict.Inconsistent, teacher, second);
        return new RowResult<Verdict>(result, null, Tokens: tokens);
    }
}
