using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests;

/// <summary>Runs stages in folders of their own, and keeps one world for all tests that only look at it.</summary>
internal static class WorldRuns
{
    public const string Think = "think carefully . {question}\n{choices}";
    public const string Direct = "answer directly . {question}\n{choices}";

    public const int PoolSize = 20_000;

    private static readonly Lazy<string> Root = new(NewRoot);

    private static int s_folders;

    private static readonly Lazy<(string Folder, List<Question> Rows)> LazyPool = new(() =>
        Rows<Question>(new WorldPoolStage(), "questions.jsonl", new JsonObject { ["seed"] = 7, ["count"] = PoolSize }));

    private static readonly Lazy<(string Folder, List<Trace> Rows)> LazyTraces = new(() =>
        Rows<Trace>(new WorldTeachStage(), "traces.jsonl", new JsonObject { ["seed"] = 7 }, ("questions", PoolPath)));

    private static readonly Lazy<List<Trace>> LazyDecorative = new(() =>
        Rows<Trace>(new WorldTeachStage(), "traces.jsonl", new JsonObject { ["seed"] = 7, ["strategies"] = "decorative" }, ("questions", PoolPath)).Rows);

    private static readonly Lazy<List<ModelAnswer>> LazyAnswers = new(() =>
        Rows<ModelAnswer>(new WorldSolveStage(), "answers.jsonl", [], ("questions", PoolPath)).Rows);

    private static readonly Lazy<List<Annotation>> LazyAnnotations = new(() =>
        Rows<Annotation>(
            new WorldAnnotateStage(), "annotations.jsonl", [], ("questions", PoolPath), ("traces", LazyTraces.Value.Folder + "/traces.jsonl")).Rows);

    private static readonly Lazy<Dictionary<string, List<Question>>> LazyBenchmarks = new(() =>
        WorldBenchmarkStage.Names.ToDictionary(name => name, name => Benchmark(name, "7", 500), StringComparer.Ordinal));

    private static readonly Lazy<List<TrainingExample>> LazyCorpus = new(() =>
        Rows<TrainingExample>(
            new WorldCorpusStage(), "corpus.jsonl", new JsonObject { ["seed"] = 7, ["count"] = 6000, ["think"] = Think, ["direct"] = Direct }).Rows);

    private static readonly Lazy<string> LazyTokenizer = new(() =>
        Folder(
            new WorldTokenizerStage(),
            new JsonObject
            {
                ["seed"] = 1,
                ["think"] = Think,
                ["direct"] = Direct,
                ["instructions"] = new JsonArray("as you like . {question}\n{options}"),
            }).Folder);

    public static string PoolPath => LazyPool.Value.Folder + "/questions.jsonl";

    public static List<Question> Pool => LazyPool.Value.Rows;

    public static List<Trace> Traces => LazyTraces.Value.Rows;

    /// <summary>The traces of a teacher whose strategies are words alone.</summary>
    public static List<Trace> Decorative => LazyDecorative.Value;

    public static List<ModelAnswer> Answers => LazyAnswers.Value;

    public static List<Annotation> Annotations => LazyAnnotations.Value;

    public static Dictionary<string, List<Question>> Benchmarks => LazyBenchmarks.Value;

    public static List<TrainingExample> Corpus => LazyCorpus.Value;

    public static string TokenizerFolder => LazyTokenizer.Value;

    public static List<Question> Benchmark(string name, string seed, int count) =>
        Rows<Question>(new WorldBenchmarkStage(), "questions.jsonl", new JsonObject { ["seed"] = seed, ["benchmark"] = name, ["count"] = count }).Rows;

    public static (string Folder, List<T> Rows) Rows<T>(IStage stage, string file, JsonObject parameters, params (string Role, string Path)[] inputs)
    {
        string folder = Folder(stage, parameters, inputs).Folder;
        return (folder, JsonLines.Read<T>(Path.Combine(folder, file)));
    }

    public static (string Folder, StageResult Result) Folder(IStage stage, JsonObject parameters, params (string Role, string Path)[] inputs)
    {
        string folder = NewFolder();
        StageResult result = stage.Run(new StageContext
        {
            Parameters = parameters,
            Inputs = inputs.ToDictionary(input => input.Role, input => input.Path, StringComparer.Ordinal),
            OutputFolder = folder,
        });
        Assert.All(stage.Description.Outputs, output => Assert.True(File.Exists(Path.Combine(folder, output))));
        return (folder, result);
    }

    public static string Write<T>(IEnumerable<T> rows)
    {
        string path = Path.Combine(NewFolder(), "rows.jsonl");
        JsonLines.Write(path, rows);
        return path;
    }

    private static string NewFolder() =>
        Directory.CreateDirectory(
            Path.Combine(Root.Value, Interlocked.Increment(ref s_folders).ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;

    /// <summary>Beside the test binaries, emptied by each run.</summary>
    private static string NewRoot()
    {
        string root = Path.Combine(AppContext.BaseDirectory, "world-runs");
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        return root;
    }

    public static int Level(Question question) => int.Parse(question.Meta["level"], System.Globalization.CultureInfo.InvariantCulture);

    public static string Reference(Question question) =>
        "Answer: " + (question.Options.Count == 0 ? question.Reference : question.Options[question.Reference[0] - 'A']);
}
