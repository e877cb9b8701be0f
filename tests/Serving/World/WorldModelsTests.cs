using System.Text.Json;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Records;
using NaturalThoughts.Serving.Hosting;
using NaturalThoughts.Serving.World;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;

namespace NaturalThoughts.Serving.Tests.World;

/// <summary>The world's models, asked over HTTP by the stages that ask real ones, say what the world's stages say.</summary>
public sealed class WorldModelsTests : IDisposable
{
    private const int Questions = 300;

    private readonly Bench _bench = new();

    private static string Prompt(string name) => File.ReadAllText(Path.Combine(Repository(), "experiments", "prompts", name)).TrimEnd('\n');

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public async Task Should_WriteTheSameRecords_When_AskedOverHttp(double faults)
    {
        string pool = Path.Combine(_bench.Run(new WorldPoolStage(), new WorldPoolOptions { Seed = "http", Count = Questions }), WorldPoolStage.Output);
        string taught = Path.Combine(_bench.Run(new WorldTeachStage(), new WorldTeachOptions { Seed = "t" }, ("questions", pool)), WorldTeachStage.Output);
        string solved = Path.Combine(_bench.Run(new WorldSolveStage(), new WorldSolveOptions(), ("questions", pool)), WorldSolveStage.Output);
        string annotated = Path.Combine(
            _bench.Run(new WorldAnnotateStage(), new WorldAnnotateOptions(), ("questions", pool), ("traces", taught)), WorldAnnotateStage.Output);
        string judged = Path.Combine(_bench.Run(new JudgeStage(), new { }, ("questions", pool), ("traces", taught), ("answers", solved)), JudgeStage.Output);
        await using ModelServer server = await ModelServer.StartAsync(Models(), new ServeOptions { Faults = faults });

        string traces = Path.Combine(
            _bench.Run(
                new TeachStage(), new TeachOptions { Endpoint = Endpoint(server, WorldModels.Teacher), Prompt = Prompt("teach.txt") }, ("questions", pool)),
            TeachStage.Output);
        List<Prompt> prompts =
            [.. JsonLines.Read<Question>(pool).Select(question => new Prompt(question.Id, PromptTemplate.Render("{question}\n{options}", question)))];
        string answers = Path.Combine(
            _bench.Run(new AnswerStage(), new AnswerOptions { Endpoint = Endpoint(server, WorldModels.Second) }, ("prompts", _bench.Write(prompts))),
            AnswerStage.Output);
        string annotations = Path.Combine(_bench.Run(new AnnotateStage(), Tasks(server), ("questions", pool), ("traces", traces)), AnnotateStage.Output);
        string judgements = Path.Combine(
            _bench.Run(
                new JudgeModelStage(),
                new JudgeModelOptions { Endpoint = Endpoint(server, WorldModels.Judge), Prompt = Prompt("judge.txt") },
                ("questions", pool), ("traces", traces), ("answers", answers)),
            JudgeModelStage.Judgements);

        // What the source alone knows of a trace does not travel.
        Assert.Equal(JsonLines.Read<Trace>(taught).Select(trace => Text(trace with { Meta = [] })), JsonLines.Read<Trace>(traces).Select(Text));
        Assert.Equal(File.ReadAllText(solved), File.ReadAllText(answers));
        Assert.Equal(File.ReadAllText(annotated), File.ReadAllText(annotations));
        Assert.Equal(File.ReadAllText(judged), File.ReadAllText(judgements));
        Assert.Contains(
            JsonLines.Read<Verdict>(Path.Combine(Path.GetDirectoryName(judgements)!, JudgeModelStage.Verdicts)), verdict => verdict.How == Verdict.Judged);
        Assert.DoesNotContain(JsonLines.Read<Judgement>(judgements), judgement => judgement is null);
    }

    [Fact]
    public async Task Should_AnswerByTheOptionsShown_When_ABenchmarkAsksTheSameText()
    {
        // A text may be in several benchmarks, with options of its own in each.
        List<Question> questions = JsonLines.Read<Question>(Path.Combine(
            _bench.Run(new WorldBenchmarkStage(), new WorldBenchmarkOptions { Seed = "http", Benchmark = "Broad", Count = 50 }), WorldBenchmarkStage.Output));
        IServedModel second = Models().Single(model => model.Id == WorldModels.Second);
        foreach (Question question in questions)
        {
            Question turned = question with { Options = [.. question.Options.Reverse()] };
            foreach (string template in new[] { "think carefully .\n{question}\n{choices}", "{question}\n{options}\n\nThink first." })
            {
                Assert.Equal(Solved(turned), await TextAsync(second, PromptTemplate.Render(template, turned)));
            }
        }
    }

    [Fact]
    public async Task Should_AskForTopicsToo_When_ThePromptDoes()
    {
        Question question = JsonLines.Read<Question>(
            Path.Combine(_bench.Run(new WorldPoolStage(), new WorldPoolOptions { Seed = "http", Count = 1 }), WorldPoolStage.Output))[0];
        IServedModel annotator = Models().Single(model => model.Id == WorldModels.Annotator);
        string reply = await TextAsync(annotator, Prompt("annotate-question.txt").Replace("{question}", question.Text, StringComparison.Ordinal));
        AnnotationFields read = JsonReply.Read(
            reply, new AnnotationReader(["domain", "topics"], [question.Meta["domain"], .. AnnotationReader.PaperDomains]).Read);
        Assert.Equal([question.Meta["topic"]], read.Topics!);
    }

    private static EndpointOptions Endpoint(ModelServer server, string model) => new()
    {
        Url = server.Url,
        Model = model,
        Limits = new CallLimits { Backoff = 0.001, MaxBackoff = 0.05, Retries = 30 },
    };

    private static AnnotateOptions Tasks(ModelServer server) => new()
    {
        Endpoint = Endpoint(server, WorldModels.Annotator),
        Domains = ["Law", "Medicine", "Management", "Statistics", "Geography", "Time", "Logic", "Engineering", "Science", "Economics", "Mathematics"],
        Tasks =
        [
            new AnnotateTask { Prompt = Prompt("annotate-question.txt"), Fields = [AnnotationReader.Domain, AnnotationReader.Topics] },
            new AnnotateTask { Prompt = Prompt("annotate-trace.txt"), Fields = [AnnotationReader.Strategies, AnnotationReader.Verbosity] },
        ],
    };

    private static IReadOnlyList<IServedModel> Models() => WorldModels.Create(new WorldModelOptions
    {
        Pool = new WorldPoolOptions { Seed = "http", Count = Questions },
        Benchmarks = [.. WorldBenchmarkStage.Names.Select(name => new WorldBenchmarkOptions { Seed = "http", Benchmark = name, Count = 100 })],
        Teacher = new WorldTeachOptions { Seed = "t" },
        Prompts = [Prompt("annotate-question.txt"), Prompt("annotate-trace.txt"), Prompt("judge.txt"), Prompt("teach.txt")],
    });

    private string Solved(Question question) => JsonLines.Read<ModelAnswer>(Path.Combine(
        _bench.Run(new WorldSolveStage(), new WorldSolveOptions(), ("questions", _bench.Write([question]))), WorldSolveStage.Output))[0].Output;

    private static async Task<string> TextAsync(IServedModel model, string prompt)
    {
        List<string> pieces = [];
        await foreach (ReplyPiece piece in model.ReplyAsync(new ModelRequest { Messages = [new ModelMessage("user", prompt)] }, CancellationToken.None))
        {
            pieces.Add(piece.Text);
        }

        return string.Concat(pieces);
    }

    private static string Text(Trace trace) => JsonSerializer.Serialize(trace);

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NaturalThoughts.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
