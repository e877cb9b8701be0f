using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests;

public sealed class JudgeModelStageTests : IDisposable
{
    private readonly Bench _bench = new();
    private readonly List<Question> _questions = [];
    private readonly List<Trace> _traces = [];
    private readonly List<ModelAnswer> _answers = [];

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Should_CallForTheRestOnly_When_RulesDecideSome()
    {
        Add("equal", "Answer: 42", "<think>x</think>Answer: 42.0");
        Add("letters", "Answer: B", "Answer: C", "one", "two", "three");
        Add("silent", "Answer: 42", "");
        Add("open", "Answer: Paris", "Answer: the capital of France");
        Add("apart", "Answer: Paris", "Answer: Rome");
        Add("prose", "It is Paris, as I said.", "Surely Paris.");
        await using ChatServer server = await ChatServer.StartAsync((body, context) =>
            Replies.TextAsync(body, context, $"{{\"same\": {(Replies.LastMessage(body).Contains("Rome", StringComparison.Ordinal) ? "false" : "true")}}}"));
        StageResult result = Run(server);
        Assert.Equal(
            ["equal True same-answer", "letters False other-option", "silent False no-answer", "open True judged", "apart False judged", "prose True judged"],
            _bench.Output<Verdict>("verdicts.jsonl").Select(row => $"{row.QuestionId} {row.Agree} {row.How}"));
        Assert.Equal([true, false, false, true, false, true], _bench.Output<Judgement>("judgements.jsonl").Select(row => row.Agree));
        Assert.Equal(
            (6L, 3L, 1L, 3L, 0L),
            (result.Counts["rows"], result.Counts["disagree"], result.Counts["same-answer"], result.Counts["judged"], result.Counts["inconsistent"]));

        // Each of three pairs in both orders.
        Assert.Equal(6, server.Requests.Count);
        Assert.Contains("Question open|Paris|the capital of France", server.Requests.Select(Replies.LastMessage));
        Assert.Contains("Question open|the capital of France|Paris", server.Requests.Select(Replies.LastMessage));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_CountIt_When_TheVerdictDependsOnTheOrder(bool agree)
    {
        Add("a", "Answer: Paris", "Answer: Rome");
        await using ChatServer server = await ChatServer.StartAsync((body, context) =>
            Replies.TextAsync(
                body, context, Replies.LastMessage(body).EndsWith("Rome", StringComparison.Ordinal) ? """{"same": true}""" : """{"same": false}"""));
        StageResult result = Run(server, agree);
        Assert.Equal(agree, Assert.Single(_bench.Output<Judgement>("judgements.jsonl")).Agree);
        Assert.Equal((1L, agree ? 0L : 1L), (result.Counts["inconsistent"], result.Counts["disagree"]));
    }

    [Fact]
    public async Task Should_CountAFailure_When_TheJudgeSaysNothingOfUse()
    {
        Add("a", "Answer: Paris", "Answer: Rome");
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, """{"same": "maybe"}"""));
        StageResult result = Run(server);
        Assert.True(Assert.Single(_bench.Output<Judgement>("judgements.jsonl")).Agree);
        Assert.Equal("Unreadable", Assert.Single(_bench.Output<FailedReply>("failures.jsonl")).Reason);
        Assert.Equal((1L, 1L, 1L), (result.Counts["failed"], result.Counts["failedUnreadable"], result.Counts["rows"]));
        Assert.Equal(3, server.Requests.Count);
    }

    private void Add(string id, string teacher, string second, params string[] options)
    {
        _questions.Add(new Question(id, $"Question {id}", "?") { Options = options });
        _traces.Add(new Trace(id, "thinking", teacher, 10));
        _answers.Insert(0, new ModelAnswer(id, "?", second, 5, false));
    }

    private StageResult Run(ChatServer server, bool agree = true)
    {
        _bench.Input("questions", _questions);
        _bench.Input("traces", _traces);
        _bench.Input("answers", _answers);
        return _bench.Run(
            new JudgeModelStage(),
            new JudgeModelOptions { Endpoint = Bench.Endpoint(server.Url), Prompt = "{question}|{first}|{second}", AgreeWhenUndecided = agree });
    }
}
