using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Cake.Core.Diagnostics;
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
using NaturalThoughts.Pipeline.Sharing;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Build.Running;

/// <summary>All that a command works with once the fast path did not apply: the plan, the store, the code identity, the workers.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly WorkerPool _workers;
    private readonly Command _command;

    private Session(Command command, ExperimentSet experiments, ObjectStore store, WorkerPool workers, string probe, CacheCredentials? credentials)
    {
        (Invocation invocation, _, TextWriter error, _) = command;
        Workspace workspace = command.Workspace;
        _command = command;
        _workers = workers;
        Store = store;
        Probe = probe;
        Calls = new RemoteCalls(workspace.Calls ?? store.CallsFolder)
        {
            Offline = invocation.Has("offline"),
            Budget = new CallBudget(invocation.MaxCalls, invocation.MaxCost),
        };
        Directory.CreateDirectory(workspace.Probes);
        SourceDigests digests = new(workspace.SourceDigests, error.WriteLine);

        // Of a plan that is only looked at, a file may be missing: then its digest is that of its path, which no file has.
        Plan = Planner.Plan(experiments, probe, path => MayLack(invocation) && !File.Exists(path) ? ContentHash.OfText("missing " + path) : digests.Of(path));
        Code = CodeIdentity.Load(Path.Combine(Workspace.Binaries, "identity.json"));
        void Warn(string warning) => error.WriteLine("warning: " + warning);
        if (invocation.Cache is { } cache)
        {
            Shared = new SharedCache(Store, cache.Open(credentials), StageCatalog.Create, Warn);
            if (credentials is not null && cache.IsReadableOnTheWay)
            {
                Warn($"The shared cache {cache.Name} does not use https: anyone on the network path can read the credentials.");
            }
        }
    }

    /// <summary>The checkout's folders: experiments, results, store.</summary>
    public Workspace Workspace => _command.Workspace;

    /// <summary>The command line.</summary>
    public Invocation Invocation => _command.Invocation;

    /// <summary>
    /// The numerics class of stages on tensors: <c>portable/&lt;probe digest&gt;</c> in float32 on the processor, <c>native/...</c> in half precision, the name
    /// of a GPU.
    /// </summary>
    public string Probe { get; }

    /// <summary>The profile's tables and targets.</summary>
    public ExperimentPlan Plan { get; }

    /// <summary>What is missing of a plan that is only looked at.</summary>
    public IReadOnlyList<UserError> Missing { get; private init; } = [];

    /// <summary>The objects and run records of this checkout.</summary>
    public ObjectStore Store { get; }

    /// <summary>The kept calls of remote models, and what may be spent on further ones: one budget for all that this process runs.</summary>
    public RemoteCalls Calls { get; }

    /// <summary>What others share; null without --cache.</summary>
    public SharedCache? Shared { get; }

    /// <summary>The code of every library.</summary>
    public CodeIdentity Code { get; }

    /// <summary>The graph of all targets.</summary>
    public TargetGraph Graph => Plan.Graph;

    /// <summary>What keys depend on besides their targets: code and numerics.</summary>
    public KeyContext Keys => KeyContext.From(Code, StageCatalog.Create, new JsonObject
    {
        ["device"] = Invocation.Device,
        ["libtorch"] = new JsonArray([.. NativeBuildIds.Read().Select(id => (JsonNode)id)]),
        ["class"] = Probe,
    });

    /// <summary>The program that this process is, and its first argument where it is run by dotnet.</summary>
    public static IReadOnlyList<string> Program => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, Path.Combine(Workspace.Binaries, "NaturalThoughts.Build.dll")]
        : [Environment.ProcessPath!];

    /// <summary>Reads the YAML of the profile, opens the store, asks a worker for the numerics probe (once per machine and build), and plans.</summary>
    /// <exception cref="UserErrorException">The YAML is wrong, or the store cannot be used.</exception>
    public static async Task<Session> OpenAsync(Command command)
    {
        (Invocation invocation, _, TextWriter error, CancellationToken cancellation) = command;
        Workspace workspace = command.Workspace;
        CacheCredentials? credentials = ReadCredentials(invocation);
        NativeLibraries.Require(invocation.Device);
        if (invocation.Verbosity >= Verbosity.Diagnostic)
        {
            foreach ((string path, string why) in FolderFiles.PassedOver(workspace.Experiments))
            {
                await error.WriteLineAsync($"{Path.GetRelativePath(workspace.Root, path)} is ignored: {why}.");
            }
        }

        List<UserError> missing = [];
        ExperimentFiles files = new(workspace.Experiments, workspace.Checkout, workspace.Data) { Missing = MayLack(invocation) ? missing : null };
        ExperimentSet experiments = ExperimentLoader.Load(files, invocation.Profile);
        WorkerPool workers = new(new WorkerCommand(Program[0], [.. Program.Skip(1), "worker"]));
        ObjectStore store = new(workspace.Store, warning => error.WriteLine("warning: " + warning));
        try
        {
            string probe = invocation.Device == "cpu"
                ? await ProbeCache.ReadAsync(workspace, store, experiments.Profile.InHalfPrecision, workers, cancellation)
                : $"{invocation.Device}/{CudaDevices.Describe()[0].Split(": ", 2)[^1]}"; // another GPU, other bits
            return new Session(command, experiments, store, workers, probe, credentials) { Missing = missing };
        }
        catch
        {
            workers.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Makes what explains a run without running it.</summary>
    public Explainer Explainer() => new(Graph, Store, Keys, Code, Shared);

    /// <summary>Runs the closure of some targets, shown as it goes: here, or as jobs of a cluster.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; workers have ended, and what was finished is kept.</exception>
    public async Task<RunReport> RunAsync(IReadOnlyList<string> requested)
    {
        (_, TextWriter output, TextWriter error, CancellationToken cancellation) = _command;
        IReadOnlyList<string> closure = Graph.Closure(requested);
        PriceCheck.Require(Invocation.MaxCost, Graph, closure);
        RunProgress progress = new(Graph, closure, new RunEstimator(Store.History.Read()), Invocation.Jobs, TimeProvider.System);
        LiveDisplay? live = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb" ? null : new LiveDisplay(progress);
        RunSettings settings = Settings((IRunObserver?)live ?? new PlainDisplay(progress, output, Invocation.Verbosity, TimeProvider.System));
        bool onCluster = Invocation.Executor == "slurm"; // whose jobs serve for themselves
        await using LoopbackModels? served = onCluster ? null : await LoopbackModels.StartAsync(this, requested, Say, cancellation);

        // Beside this thread, which may have a view to refresh while the store is read.
        Task<RunReport> run = Task.Run(
            () => onCluster
                ? SlurmRuns.RunAsync(this, requested, settings, Say, cancellation)
                : new Scheduler(settings).RunAsync(Graph, requested, cancellation),
            CancellationToken.None);
        if (live is not null)
        {
            await live.WhileAsync(run);
        }

        RunReport report = await run;
        cancellation.ThrowIfCancellationRequested();
        return report;

        // Whatever is not a warning would tear a live view apart.
        void Say(string line)
        {
            bool isWarning = line.StartsWith("warning: ", StringComparison.Ordinal);
            if (isWarning || (live is null && Invocation.Verbosity >= Verbosity.Normal))
            {
                (isWarning ? error : output).WriteLine(line);
            }
        }
    }

    /// <summary>Makes the settings of a run.</summary>
    public RunSettings Settings(IRunObserver? observer) => new()
    {
        Store = Store,
        Keys = Keys,
        Catalog = StageCatalog.Create,
        Executor = new SplitExecutor(new InProcessExecutor(StageCatalog.Create), _workers),
        Jobs = Invocation.Jobs,
        Device = Invocation.Device,
        Logs = Path.Combine(Workspace.Logs, Invocation.Profile),
        Circumstances = new JsonObject
        {
            ["device"] = Invocation.Device,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["os"] = RuntimeInformation.OSDescription,
        },
        Code = Code,
        Shared = Shared,
        Calls = Calls,
        Observer = observer,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _workers.Dispose();
        Calls.Scope.Dispose();
        if (Shared is not null)
        {
            await Shared.DisposeAsync();
        }

        Store.Dispose();
    }

    private static CacheCredentials? ReadCredentials(Invocation invocation)
    {
        CacheCredentials? credentials = invocation.Cache is null ? null : CacheCredentials.Read(Environment.GetEnvironmentVariable);
        foreach (string name in (string[])[CacheCredentials.TokenVariable, CacheCredentials.UserVariable, CacheCredentials.PasswordVariable])
        {
            // Workers inherit the environment and have no use for them.
            Environment.SetEnvironmentVariable(name, null);
        }

        return credentials;
    }

    // Who only looks at a plan need not have the data; an explanation is of keys, which have their digests.
    private static bool MayLack(Invocation invocation) => invocation.Looks.Any(look => look.Name != "explain") || invocation.Verb.Name == VerbName.Report;
}
