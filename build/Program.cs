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

using Interruption interruption = new(TimeProvider.System, code => Environment.Exit((int)code), Console.Error);
try
{
    // What sbatch's script becomes: one job of a run with --executor=slurm.
    if (args is [SlurmJob.Verb, string folder, string batch, string task])
    {
        return (int)await SlurmJob.RunAsync(folder, batch, task, Console.Error, interruption.Token);
    }

    return (int)await CommandDispatcher.RunAsync(new Command(Invocation.Parse(args), Console.Out, Console.Error, interruption.Token));
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
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    Console.Error.WriteLine(Interruption.Message);
    return (int)ExitCode.Interrupted;
}
