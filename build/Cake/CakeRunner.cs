using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;

namespace NaturalThoughts.Build.Cake;

/// <summary>
/// Runs host tasks on Cake's engine, which orders them and refuses unknown ones. That a task was not needed again is an outcome: Cake itself cannot express it
/// (a target skipped by a criteria is an error).
/// </summary>
internal static class CakeRunner
{
    /// <summary>Runs a task after everything it depends on, or alone.</summary>
    /// <returns>The outcomes in the order in which the tasks ended.</returns>
    public static async Task<IReadOnlyList<(string Task, TaskOutcome Outcome)>> RunAsync(
        IReadOnlyList<HostTask> tasks,
        string target,
        bool exclusive,
        CancellationToken cancellation)
    {
        CakeEnvironment environment = new(new CakePlatform(), new CakeRuntime());

        // Cake would write a coloured line of its own for what a task throws; the host says it once, in its own words.
        NullLog log = new();
        CakeDataService data = new();
        CakeEngine engine = new(data, log);
        List<(string Task, TaskOutcome Outcome)> outcomes = [];
        foreach (HostTask task in tasks)
        {
            engine.RegisterTask(task.Name).Description(task.Description).IsDependentOn(task.Dependencies).Does(() =>
            {
                cancellation.ThrowIfCancellationRequested();
                outcomes.Add((task.Name, task.Run()));
            });
        }

        ExecutionSettings settings = new ExecutionSettings().SetTarget(target);
        if (exclusive)
        {
            settings = settings.UseExclusiveTarget();
        }

        try
        {
            await engine.RunTargetAsync(Context(environment, log, data), new DefaultExecutionStrategy(log, new SilentPrinter()), settings);
        }
        catch (CakeReportException error) when (error.InnerException is { } inner)
        {
            // Cake wraps what a task threw, and with it the exit code.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
        }

        return outcomes;
    }

    private static CakeContext Context(CakeEnvironment environment, ICakeLog log, CakeDataService data)
    {
        FileSystem files = new();
        Globber globber = new(files, environment);
        CakeConfiguration configuration = new(new Dictionary<string, string>());
        ToolLocator tools = new(
            environment,
            new ToolRepository(environment),
            new ToolResolutionStrategy(files, environment, globber, configuration, log));
        NoServices none = new();
        return new CakeContext(
            files,
            environment,
            globber,
            log,
            new CakeArguments(Array.Empty<string>().ToLookup(name => name)),
            new ProcessRunner(files, environment, log, tools, configuration),
            new WindowsRegistry(),
            tools,
            data,
            configuration,
            none,
            none);
    }

    /// <summary>Cake's context demands an installer and services; this host's tasks use neither.</summary>
    private sealed class NoServices : IToolInstaller, IServiceProvider
    {
        public object? GetService(Type serviceType) => null;

        IEnumerable<FilePath> IToolInstaller.Install(PackageReference tool) => [];
    }
}
