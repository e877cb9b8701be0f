using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Tests;

/// <summary>A store in a temporary folder, fake stages, and the runs over them.</summary>
internal sealed class Bench : IDisposable
{
    private readonly Dictionary<string, FakeStage> _stages = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nt pipeline ü ");

    public Bench()
    {
        Stage("source", c =>
        {
            File.WriteAllText(c.Output("data.txt"), (string?)c.Parameters["text"] ?? "");
            return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = 1 }, Warnings = ["from source"] };
        });
        Stage("upper", c => Write(c, File.ReadAllText(c.Input("in")).ToUpperInvariant()));
        Stage("join", c => Write(c, string.Join('+', c.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => File.ReadAllText(i.Value)))));
        Stage("fail", _ => throw new UserErrorException("no good", "here", "do better"));
    }

    public string Root => Path.Combine(_folder.FullName, "store");

    public string Folder => _folder.FullName;

    public ConcurrentQueue<string> Warnings { get; } = new();

    public Dictionary<string, string> Code { get; } = new(StringComparer.Ordinal);

    public KeyContext Keys =>
        new(stage => ContentHash.OfText(Code.GetValueOrDefault(stage, "v1"))) { Numerics = new JsonObject { ["device"] = "cpu", ["class"] = "portable/1" } };

    public static StageResult Write(StageContext context, string text)
    {
        File.WriteAllText(context.Output("data.txt"), text);
        return new StageResult();
    }

    public static Target Source(string address, string text) => new(address, "source") { Parameters = new JsonObject { ["text"] = text } };

    public static Target From(string address, string stage, params string[] sources) => new(address, stage)
    {
        Inputs = sources.Select((source, i) => (Role: sources.Length == 1 ? "in" : "in" + i, Source: source))
            .ToDictionary(p => p.Role, p => new TargetInput(p.Source, "data.txt")),
    };

    public FakeStage Stage(string name, Func<StageContext, StageResult> work, params string[] outputs) =>
        _stages[name] = new FakeStage(name, work, outputs.Length == 0 ? ["data.txt"] : outputs);

    public int RunsOf(string stage) => _stages[stage].Runs;

    public IStage Catalog(string name) => _stages[name];

    public ObjectStore Open() => new(Root, Warnings.Enqueue);

    public async Task<RunReport> RunAsync(
        IEnumerable<Target> targets, string request, int jobs = 1, CancellationToken cancellation = default, IRunObserver? observer = null,
        ITargetExecutor? executor = null)
    {
        using ObjectStore store = Open();
        return await Scheduler(store, jobs, observer, executor).RunAsync(new TargetGraph(targets), [request], cancellation);
    }

    public Scheduler Scheduler(ObjectStore store, int jobs = 1, IRunObserver? observer = null, ITargetExecutor? executor = null) => new(new RunSettings
    {
        Store = store,
        Keys = Keys,
        Catalog = Catalog,
        Executor = executor ?? new InProcessExecutor(Catalog) { Grace = Hang.Limit },
        Jobs = jobs,
        Observer = observer,
    });

    public string Text(RunReport report, string address)
    {
        using ObjectStore store = Open();
        return File.ReadAllText(store.Find(report[address].Record!.Outputs["data.txt"])!);
    }

    public string ObjectPath(OutputFile file) => Path.Combine(Root, "objects", file.Digest.Hex[..2], file.Digest.Hex);

    /// <summary>Flips a bit of the object's first byte.</summary>
    public void Damage(OutputFile file)
    {
        byte[] bytes = File.ReadAllBytes(ObjectPath(file));
        bytes[0] ^= 1;
        File.Delete(ObjectPath(file));
        File.WriteAllBytes(ObjectPath(file), bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
