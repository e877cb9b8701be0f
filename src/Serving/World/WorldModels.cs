using System.Text.Json.Nodes;
using NaturalThoughts.Answers;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Annotating;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.MiniWorld.Solving;

namespace NaturalThoughts.Serving.World;

/// <summary>
/// The embedded world's teacher, second model, annotator and judge as models that are asked as real ones are. They find a question by its text,
/// and say what <c>world-teach</c>, <c>world-solve</c>, <c>world-annotate</c> and <c>judge</c> say.
/// </summary>
public static class WorldModels
{
    /// <summary>The teacher's name.</summary>
    public const string Teacher = "world-teacher";

    /// <summary>The second model's name.</summary>
    public const string Second = "world-second";

    /// <summary>The annotator's name.</summary>
    public const string Annotator = "world-annotator";

    /// <summary>The judge's name.</summary>
    public const string Judge = "world-judge";

    private static readonly string[] Fields = ["domain", "topics", "strategies", "verbosity"];

    /// <summary>Makes teacher, second model, annotator and judge.</summary>
    /// <param name="options">The world that they know.</param>
    public static IReadOnlyList<IServedModel> Create(WorldModelOptions options)
    {
        WorldIndex index = new(Items(options));
        PromptPattern[] patterns = [.. options.Prompts.Select(prompt => new PromptPattern(prompt))];
        PromptPattern[] ofTraces = [.. patterns.Where(pattern => pattern.Marks.Contains("thinking"))];
        PromptPattern[] ofPairs = [.. patterns.Where(pattern => pattern.Marks.Contains("first") && pattern.Marks.Contains("second"))];
        return
        [
            new WorldModel(Teacher, request => Teach(index.Find(request), options.Teacher)),
            new WorldModel(Second, request => (null, Solve(index.Find(request)))),
            new WorldModel(Annotator, request => (null, Annotate(request, index, ofTraces))),
            new WorldModel(Judge, request => (null, Compare(request, ofPairs))),
        ];
    }

    private static List<WorldItem> Items(WorldModelOptions options)
    {
        List<WorldItem> items = QuestionFile.Items(QuestionSource.Pool.UpTo(options.Pool.Levels), options.Pool.Seed, options.Pool.Count);
        foreach (MiniWorld.WorldBenchmarkOptions benchmark in options.Benchmarks)
        {
            QuestionSource source = QuestionSource.ByPrefix(benchmark.Benchmark.ToLowerInvariant())!.UpTo(benchmark.Levels);
            items.AddRange(QuestionFile.Items(source, benchmark.Seed, benchmark.Count));
        }

        return items;
    }

    private static (string? Thinking, string Answer) Teach(AskedQuestion asked, MiniWorld.WorldTeachOptions teacher)
    {
        Records.Trace trace = MiniWorld.Teaching.Teacher.Write(asked.Item, teacher.Seed, MiniWorld.WorldTeachStage.Habits(teacher));
        return (trace.Thinking, trace.Answer);
    }

    private static string Solve(AskedQuestion asked) => "Answer: " + FastSolver.Answer(asked.Item.Question.Text, asked.Options);

    private static string Annotate(ModelRequest request, WorldIndex index, IReadOnlyList<PromptPattern> patterns)
    {
        string question = index.Find(request).Item.Question.Text;
        string prompt = request.FirstText!;
        string[] asked =
        [
            .. Fields.Where(field =>
                request.Schema is { } schema ? schema["properties"]?[field] is not null : prompt.Contains($"\"{field}\"", StringComparison.Ordinal)),
        ];
        string? thinking = Read(prompt, patterns)?["thinking"];
        JsonObject reply = [];
        foreach (string field in asked)
        {
            reply[field] = field switch
            {
                "domain" => DomainReader.Domain(question),
                "topics" => new JsonArray([.. TopicReader.Topics(question).Select(name => JsonValue.Create(name))]),
                "strategies" => new JsonArray([.. StrategyReader.Strategies(question, Thinking()).Select(name => JsonValue.Create(name))]),
                _ => VerbosityReader.Verbosity(question, Thinking()),
            };
        }

        return asked.Length > 0 ? reply.ToJsonString() : throw new RefusedRequestException($"The prompt asks for none of {Quoted.List(Fields)}.", "messages");

        string Thinking() =>
            thinking ?? throw new RefusedRequestException("The prompt shows no reasoning in the form of a prompt file with '{thinking}'.", "messages");
    }

    private static string Compare(ModelRequest request, IReadOnlyList<PromptPattern> patterns) =>
        Read(request.FirstText ?? "", patterns) is { } pair
            ? new JsonObject { ["same"] = AreSame(pair["first"], pair["second"]) }.ToJsonString()
            : throw new RefusedRequestException("The prompt shows no two answers in the form of a prompt file with '{first}' and '{second}'.", "messages");

    // Whichever comes first: where conventions differ, the first one decides of the two that are compared.
    private static bool AreSame(string first, string second) => AnswerEquality.Same(first, second) && AnswerEquality.Same(second, first);

    private static Dictionary<string, string>? Read(string prompt, IReadOnlyList<PromptPattern> patterns) =>
        patterns.Select(pattern => pattern.Read(prompt)).FirstOrDefault(values => values is not null);
}
