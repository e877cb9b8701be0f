using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Execution;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student;

namespace NaturalThoughts.Build.Running;

/// <summary>All that a command works with once the fast path did not apply: the plan, the store, the code identity, the workers.</summary>
internal sealed class Session : IDisposable
{
    private readonly WorkerPool _workers;

    private Session(Workspace workspace, Invocation invocation, ExperimentSet experiments, ObjectStore store, WorkerPool workers, string probe)
    {
        _workers = workers;
        Store = store;
        Workspace = workspace;
        Invocation = invocation;
        Probe = probe;
        Plan = Planner.Plan(experiments, probe);
        Code = CodeIdentity.Load(Path.Combine(Workspace.Binaries, "identity.json"));
    }

    /// <summary>The folders.</summary>
    public Workspace Workspace { get; }

    /// <summary>The command line.</summary>
    public Invocation Invocation { get; }

    /// <summary>The numerics class of stages on tensors: <c>portable/&lt;probe digest&gt;</c> or <c>native/...</c>.</summary>
    public string Probe { get; }

    /// <summary>The profile's tables and targets.</summary>
    public ExperimentPlan Plan { get; }

    /// <summary>The store.</summary>
    public ObjectStore Store { get; }

    /// <summary>The code of every library.</summary>
    public CodeIdentity Code { get; }

    /// <summary>The graph of all targets.</summary>
    public TargetGraph Graph => Plan.Graph;

    /// <summary>What goes into every key.</summary>
    public KeyContext Keys => KeyContext.From(Code, StageCatalog.Create, new JsonObject
    {
        ["device"] = Invocation.Device,
        ["libtorch"] = new JsonArray([.. NativeBuildIds.Read().Select(id => (JsonNode)id)]),
        ["class"] = Probe,
    });

    /// <summary>Reads the YAML of the profile, opens the store, asks a worker for the numerics probe (once per machine and build), and plans.</summary>
    /// <exception cref="UserErrorException">The YAML is wrong, or the store cannot be used.</exception>
    public static async Task<Session> OpenAsync(Workspace workspace, Invocation invocation, TextWriter error, CancellationToken cancellation)
    {
        ExperimentSet experiments = ExperimentLoader.Load(workspace.Experiments, invocation.Profile);
        bool dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
        string host = Path.Combine(Workspace.Binaries, "NaturalThoughts.Build.dll");
        WorkerPool workers = new(new WorkerCommand(Environment.ProcessPath!, dotnet ? [host, "worker"] : ["worker"])
        {
            Environment = experiments.Profile.Numerics == "portable" ? Numerics.PortableEnvironment : new Dictionary<string, string>(),
        });
        ObjectStore store = new(workspace.Store, warning => error.WriteLine("warning: " + warning));
        try
        {
            string probe = await ProbeCache.ReadAsync(store, experiments.Profile.Numerics, workers, cancellation);
            return new Session(workspace, invocation, experiments, store, workers, probe);
        }
        catch
        {
            workers.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Runs the closure of some targets, shown as it goes.</summary>
    public PipelineRun Run(IReadOnlyList<string> requested, TextWriter output, CancellationToken cancellation)
    {
        IReadOnlyList<string> closure = Graph.Closure(requested);
        RunProgress progress = new(Graph, closure, new RunEstimator(Store.History.Read()), Invocation.Jobs, TimeProvider.System);
        LiveDisplay? live = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb" ? null : new LiveDisplay(progress);
        IRunObserver display = live is null ? new PlainDisplay(progress, output, Invocation.Verbosity, TimeProvider.System) : live;
        return new PipelineRun(
            async observer =>
            {
                Task<RunReport> report = new Scheduler(new RunSettings
                {
                    Store = Store,
                    Keys = Keys,
                    Catalog = StageCatalog.Create,
                    Executor = new SplitExecutor(new InProcessExecutor(StageCatalog.Create), _workers),
                    Jobs = Invocation.Jobs,
                    Device = Invocation.Device,
                    Circumstances = new JsonObject
                    {
                        ["device"] = Invocation.Device,
                        ["runtime"] = RuntimeInformation.FrameworkDescription,
                        ["os"] = RuntimeInformation.OSDescription,
                    },
                    Code = Code,
                    Observer = observer,
                }).RunAsync(Graph, requested, cancellation);
                if (live is not null)
                {
                    await live.WhileAsync(report);
                }

                return await report;
            },
            display);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _workers.Dispose();
        Store.Dispose();
    }
}
