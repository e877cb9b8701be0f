using System.Reflection;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Build.Verbs;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Build;

/// <summary>Sends a command to the verb that it names.</summary>
internal static class CommandDispatcher
{
    /// <summary>Runs one command.</summary>
    /// <exception cref="UserErrorException">The command line, the YAML or the store is wrong.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        Invocation invocation = command.Invocation;
        if (invocation.Has("version"))
        {
            await command.Output.WriteLineAsync("NaturalThoughts " + Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));
            return ExitCode.Done;
        }

        if (invocation.Has("completion"))
        {
            return await CompletionVerb.WriteAsync(command.Output);
        }

        if (invocation.Has("help") || (invocation.Target is null && invocation.Looks.Count == 0))
        {
            await HelpVerb.WriteAsync(command.Output);
            return invocation.Has("help")
                ? ExitCode.Done
                : throw new UserErrorException("No target is named.", "command line", "Write --target=Table1, or --description for what there is.");
        }

        if (invocation.Libtorch is { } place)
        {
            LibtorchFolder.Choose(place);
        }

        return await Of(invocation)(command);
    }

    // Gc has a look of its own at what it would delete.
    private static Func<Command, Task<ExitCode>> Of(Invocation invocation) => invocation.Verb.Name switch
    {
        VerbName.Gc => GcVerb.RunAsync,
        _ when invocation.Looks.Count > 0 => LookVerbs.RunAsync,
        null => RunVerb.RunAsync,
        VerbName.Audit => AuditVerb.RunAsync,
        VerbName.Bench => BenchVerb.RunAsync,
        VerbName.Clean => CleanVerb.RunAsync,
        VerbName.Compare => CompareVerb.RunAsync,
        VerbName.Diagnose => DiagnoseVerb.RunAsync,
        VerbName.Diff => DiffVerb.RunAsync,
        VerbName.Doctor => DoctorVerb.RunAsync,
        VerbName.Export => ExportVerb.RunAsync,
        VerbName.Fetch => FetchVerb.RunAsync,
        VerbName.Publish => PublishVerb.RunAsync,
        VerbName.Report => ReportVerb.RunAsync,
        VerbName.Serve => ServeVerb.RunAsync,
        VerbName.Show => ShowVerb.RunAsync,
        VerbName.Status => StatusVerb.RunAsync,
        VerbName.Test => TestVerb.RunAsync,
        VerbName.Verify => VerifyVerb.RunAsync,
        _ => throw new System.Diagnostics.UnreachableException($"The verb {invocation.Verb.Name} has no code."),
    };
}
