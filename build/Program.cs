using System.Runtime.InteropServices;
using NaturalThoughts.Build;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Execution;

switch (args)
{
    // A lane of the scheduler: reads jobs from standard input until it ends.
    case ["worker"]:
        return WorkerHost.Run(StageCatalog.Create);

    // After compilation, called by build.sh: the digests that keys are made of.
    case ["identity"]:
        CodeIdentity.Compute(Workspace.Binaries, Workspace.Find().Root).Save(Path.Combine(Workspace.Binaries, "identity.json"));
        return 0;
}

using CancellationTokenSource stop = new();
void Stop(PosixSignalContext signal)
{
    if (!stop.IsCancellationRequested)
    {
        // The first signal stops cleanly; a second one ends the process at once.
        signal.Cancel = true;
        stop.Cancel();
    }
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    // What sbatch's script becomes: one job of a run with --executor=slurm.
    if (args is [SlurmJob.Verb, string folder, string batch, string task])
    {
        return (int)await SlurmJob.RunAsync(folder, batch, task, Console.Error, stop.Token);
    }

    return (int)await CommandDispatcher.RunAsync(Invocation.Parse(args), Console.Out, Console.Error, stop.Token);
}
catch (UserErrorException error)
{
    foreach (UserError item in error.Errors)
    {
        Console.Error.WriteLine("error: " + item);
    }

    return (int)error.ExitCode;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    // A full disk, a folder that cannot be written: nothing that a stack trace would help with.
    Console.Error.WriteLine("error: " + error.Message);
    return (int)ExitCode.TargetFailed;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted. What was finished is kept; the same command resumes.");
    return (int)ExitCode.Interrupted;
}
