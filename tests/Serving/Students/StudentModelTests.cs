using System.ClientModel;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Records;
using NaturalThoughts.Serving.Hosting;
using NaturalThoughts.Serving.Students;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace NaturalThoughts.Serving.Tests.Students;

/// <summary>A student behind the endpoint, asked by OpenAI's own client (NuGet OpenAI 2.15.0).</summary>
public sealed class StudentModelTests : IAsyncLifetime, IDisposable
{
    private const string Name = "small/seed1";

    private readonly Bench _bench = new();
    private string _folder = "";
    private StudentModel _model = null!;
    private ModelServer _server = null!;
    private List<Question> _questions = [];

    public async Task InitializeAsync()
    {
        _folder = SmallStudent.Write(_bench);
        _model = await StudentModel.LoadAsync(Name, _folder);
        _server = await ModelServer.StartAsync([_model], new ServeOptions());
        _questions = [.. JsonLines.Read<Question>(Path.Combine(
            _bench.Run(new WorldPoolStage(), new WorldPoolOptions { Seed = "served", Count = 64 }), WorldPoolStage.Output))];
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _model.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Should_SayTheSame_When_64CallersAskAtOnce()
    {
        List<string> alone = [];
        for (int i = 0; i < _questions.Count; i++)
        {
            alone.Add(await SayAsync(i));
        }

        string[] together = await Task.WhenAll(Enumerable.Range(0, _questions.Count).Select(SayAsync));
        Assert.Equal(alone, together);
        Assert.True(alone.Distinct().Count() > 50);

        // Each with a prompt, a temperature, a limit and a seed of its own; the bits of the log-probabilities count.
        async Task<string> SayAsync(int i)
        {
            ChatCompletionOptions options =
                new() { Seed = i, Temperature = i % 3 * 0.6f, MaxOutputTokenCount = 5 + (i % 20), IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };
            ChatCompletion reply = await Client().CompleteChatAsync([new UserChatMessage(_questions[i].Text)], options);
            return $"{reply.FinishReason} {string.Concat(reply.Content.Select(part => part.Text))} "
                + string.Join(
                    ' ',
                    reply.ContentTokenLogProbabilities.Select(token =>
                        $"{token.Token}:{token.LogProbability:R}:{token.TopLogProbabilities[1].LogProbability:R}"));
        }
    }

    [Fact]
    public async Task Should_SayWhatTheStageSays_When_Greedy()
    {
        List<Prompt> prompts = [.. _questions[..16].Select(question => new Prompt(question.Id, question.Text))];
        List<ModelAnswer> expected = JsonLines.Read<ModelAnswer>(Path.Combine(
            _bench.Run(
                new GenerateStage(), new GenerationOptions { Temperature = 0, TopP = 1, MaxNewTokens = 24, Seed = "x" }, ("checkpoint", _folder),
                ("prompts", _bench.Write(prompts))),
            GenerateStage.Output));
        foreach (ModelAnswer answer in expected)
        {
            ChatCompletion reply = await Client()
                .CompleteChatAsync([new UserChatMessage(answer.Prompt)], new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 24 });
            Assert.Equal(answer.Output, reply.Content[0].Text);
            Assert.Equal(answer.Tokens, reply.Usage.OutputTokenCount);
            Assert.Equal(answer.Truncated ? ChatFinishReason.Length : ChatFinishReason.Stop, reply.FinishReason);
        }
    }

    [Fact]
    public async Task Should_EmbedAsTheStageDoes_When_TextsAreEmbedded()
    {
        List<Embedding> expected = JsonLines.Read<Embedding>(Path.Combine(
            _bench.Run(
                new EmbedStage(), new System.Text.Json.Nodes.JsonObject { ["batchTokens"] = 512 }, ("checkpoint", _folder),
                ("questions", _bench.Write(_questions))), EmbedStage.Output));
        OpenAIEmbeddingCollection given = await new EmbeddingClient(Name, new ApiKeyCredential("none"), Options())
            .GenerateEmbeddingsAsync(_questions.Select(question => question.Text));
        Assert.Equal(expected.Select(row => row.Vector), given.Select(row => row.ToFloats().ToArray()));
    }

    [Fact]
    public void Should_BeEmbeddedAsTheStageDoes_When_TheStageOfModelsAsks()
    {
        string questions = _bench.Write(_questions);
        string expected = Path.Combine(
            _bench.Run(new EmbedStage(), new System.Text.Json.Nodes.JsonObject { ["batchTokens"] = 512 }, ("checkpoint", _folder), ("questions", questions)),
            EmbedStage.Output);
        foreach (string encoding in new[] { EmbedModelOptions.Float, EmbedModelOptions.Base64 })
        {
            EmbedModelOptions options = new() { Endpoint = new EndpointOptions { Url = _server.Url, Model = Name }, Batch = 10, Encoding = encoding };
            string given = Path.Combine(_bench.Run(new EmbedModelStage(), options, (EmbedModelStage.QuestionsRole, questions)), EmbedModelStage.Output);
            Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(given));
        }
    }

    [Fact]
    public async Task Should_SayTheSame_When_Streamed()
    {
        ChatCompletionOptions options = new() { Temperature = 0, MaxOutputTokenCount = 20 };
        ChatCompletion whole = await Client().CompleteChatAsync([new UserChatMessage(_questions[3].Text)], options);
        List<StreamingChatCompletionUpdate> updates = [];
        await foreach (StreamingChatCompletionUpdate update in Client().CompleteChatStreamingAsync([new UserChatMessage(_questions[3].Text)], options))
        {
            updates.Add(update);
        }

        Assert.Equal(whole.Content[0].Text, string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.True(updates.Count(update => update.ContentUpdate.Count > 0) > 5);
        Assert.Equal(whole.Usage.OutputTokenCount, updates.Single(update => update.Usage is not null).Usage.OutputTokenCount);
        Assert.Equal(whole.FinishReason, updates.Single(update => update.FinishReason is not null).FinishReason);
    }

    [Fact]
    public async Task Should_EndBeforeAStopText_When_TheReplyHasIt()
    {
        ChatCompletionOptions options = new() { Temperature = 0, MaxOutputTokenCount = 20 };
        string whole = ((ChatCompletion)await Client().CompleteChatAsync([new UserChatMessage(_questions[5].Text)], options)).Content[0].Text;
        string stop = whole.Substring(whole.Length / 2, 4);
        options.StopSequences.Add(stop);
        ChatCompletion cut = await Client().CompleteChatAsync([new UserChatMessage(_questions[5].Text)], options);
        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], cut.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, cut.FinishReason);
    }

    [Fact]
    public async Task Should_SayWhatIsWrong_When_APromptIsTooLong()
    {
        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(() =>
            Client().CompleteChatAsync(
                [new UserChatMessage(string.Concat(Enumerable.Repeat("the road ", SmallStudent.Positions)))], new ChatCompletionOptions()));
        Assert.Equal(400, error.Status);
        Assert.Contains("context_length_exceeded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_BeListed_When_ModelsAreAskedFor()
    {
        OpenAIModelClient models = new(new ApiKeyCredential("none"), Options());
        Assert.Equal(Name, Assert.Single((OpenAIModelCollection)await models.GetModelsAsync()).Id);
    }

    [Fact]
    public async Task Should_Refuse_When_TheFolderIsNoCheckpoint()
    {
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        await Assert.ThrowsAsync<UserErrorException>(() => StudentModel.LoadAsync(Name, _folder));
    }

    [DataFact("stories260K/model.safetensors")]
    public async Task Should_TellTheStory_When_AllIsReal()
    {
        // What llama2.c's README documents for stories260K, greedy.
        using StudentModel stories = await StudentModel.LoadAsync("stories", Path.Combine(DataFactAttribute.Folder!, "stories260K"));
        List<string> pieces = [];
        await foreach (ReplyPiece piece in stories.ReplyAsync(new ModelRequest { Prompt = "", Temperature = 0, MaxTokens = 60 }, CancellationToken.None))
        {
            pieces.Add(piece.Text);
        }

        Assert.StartsWith("Once upon a time, there was a little girl named Lily. She loved to play outside in the park.", string.Concat(pieces));
        Assert.True(pieces.Count > 30);
        Assert.Contains("no chat template", stories.Warning, StringComparison.OrdinalIgnoreCase);
    }

    private ChatClient Client() => new(Name, new ApiKeyCredential("none"), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(_server.Url), NetworkTimeout = Hang.Limit };
}
