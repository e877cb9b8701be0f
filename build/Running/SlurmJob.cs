using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Build.Running;

/// <summary>One job on a node of the cluster: the scheduler of every run, on the job's own targets.</summary>
internal static class SlurmJob
{
    /// <summary>The host's first argument in a job.</summary>
    public const string Verb = "slurm-job";

    /// <summary>Makes the job's targets from the plan as it was when the job was submitted.</summary>
    /// <exception cref="UserErrorException">The node cannot make what was asked for: another build, other numerics, a folder that it does not see.</exception>
    public static async Task<ExitCode> RunAsync(string path, string batch, string task, TextWriter log, CancellationToken cancellation)
    {
        RunFolder folder = new(path);
        JsonObject run = folder.ReadDescription();
        ClusterJob job = ClusterJob.Open(
            folder, int.Parse(batch, CultureInfo.InvariantCulture), int.Parse(task, CultureInfo.InvariantCulture), TimeProvider.System);
        job.Journal.Begin();
        if ((string?)run["identity"] != SlurmRuns.Identity().Hex)
        {
            throw new UserErrorException("The program was rebuilt after this job was submitted.", Workspace.Binaries, "Submit again.", ExitCode.TargetFailed);
        }

        (long? maxCalls, decimal? maxCost, bool offline) = CallShares.For(run["calls"]?.AsObject(), job.Addresses);
        Invocation invocation = new()
        {
            Flags = offline ? new HashSet<string> { "offline" } : new HashSet<string>(),
            MaxCalls = maxCalls,
            MaxCost = maxCost,
            Profile = (string)run["profile"]!,
            Device = (string)run["device"]!,
        };
        await using Session session = await Session.OpenAsync(new Command(invocation, log, log, cancellation)
        {
            Workspace = new Workspace(folder.Root, (string)run["store"]!) { Checkout = (string)run["checkout"]!, Data = (string?)run["data"] },
        });
        string numerics = (string)run["numerics"]!;
        if (session.Probe != numerics)
        {
            throw new UserErrorException(
                $"The numerics class of node {Environment.MachineName} is {session.Probe}; the run was begun under {numerics}: other bits would come out.",
                null,
                "Submit from a machine like the nodes, or choose nodes by 'arguments' of 'cluster', such as --constraint=...",
                ExitCode.TargetFailed);
        }

        await using LoopbackModels? served = await LoopbackModels.StartAsync(session, job.Addresses, log.WriteLine, cancellation);
        RunReport report = await new Scheduler(session.Settings(job.Journal) with
        {
            Jobs = session.Plan.Cluster.Of(job.UsesTensors).Cpus,
            Only = job.Addresses.ToHashSet(StringComparer.Ordinal),
        }).RunAsync(session.Graph, job.Addresses, cancellation);
        Summary.WriteFailures(report, log, global::Cake.Core.Diagnostics.Verbosity.Verbose);
        return report.ExitCode;
    }
}
