using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Tests.Servers;

namespace NaturalThoughts.Teaching.Tests;

public sealed class AnswerStageTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("<think>\nHm.\n</think>\n\nAnswer: 4", null, "stop", "<think> Hm. </think> Answer: 4", "4")]
    [InlineData("Answer: 4", "Hm.", "stop", "<think> Hm. </think> Answer: 4", "4")]
    [InlineData("Answer: 4", null, "stop", "Answer: 4", "4")]
    [InlineData("<think>Hm, Answer: 4", null, "length", "<think> Hm, Answer: 4", null)]
    [InlineData("", "Hm, Answer: 4", "length", "<think> Hm, Answer: 4", null)]
    [InlineData("", null, "stop", "", null)]
    public async Task Should_WriteWhatTheModelWrote_When_Answering(string content, string? reasoning, string finish, string output, string? extracted)
    {
        await using ChatServer server = await ChatServer.StartAsync((body, context) => Replies.TextAsync(body, context, content, reasoning, finish, tokens: 9));
        _bench.Input("prompts", [new Prompt("q", "2 + 2?")]);
        StageResult result = _bench.Run(new AnswerStage(), new AnswerOptions { Endpoint = Bench.Endpoint(server.Url), System = "Be brief." });
        Assert.Equal(new ModelAnswer("q", "2 + 2?", output, 9, finish == "length"), Assert.Single(_bench.Output<ModelAnswer>("answers.jsonl")));
        Assert.Equal(extracted, AnswerExtraction.Extract(output, []));
        Assert.Equal((1L, 9L), (result.Counts["rows"], result.Counts["generatedTokens"]));
        Assert.Equal(["system", "user"], server.Requests[0]["messages"]!.AsArray().Select(message => (string)message!["role"]!));
    }
}
