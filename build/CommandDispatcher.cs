using System.Reflection;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Build.Verbs;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Build;

/// <summary>Sends a command line to the verb that it names.</summary>
internal static class CommandDispatcher
{
    /// <summary>Runs one command.</summary>
    /// <exception cref="UserErrorException">The command line, the YAML or the store is wrong.</exception>
    public static async Task<ExitCode> RunAsync(Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (invocation.Has("version"))
        {
            await output.WriteLineAsync("NaturalThoughts " + Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));
            return ExitCode.Done;
        }

        if (invocation.Has("completion"))
        {
            return await CompletionVerb.WriteAsync(output);
        }

        if (invocation.Has("help") || (invocation.Target is null && invocation.Explain is null && !invocation.Has("description")))
        {
            await HelpVerb.WriteAsync(output);
            return invocation.Has("help")
                ? ExitCode.Done
                : throw new UserErrorException("No target is named.", "command line", "Write --target=Table1, or --description for what there is.");
        }

        if (invocation.Libtorch is { } place)
        {
            LibtorchFolder.Choose(place);
        }

        if (OfflineVerify.IsAsked(invocation))
        {
            return await OfflineVerify.RunAsync(invocation, output, error, cancellation);
        }

        if (invocation.Target == "Compare")
        {
            return await CompareVerb.RunAsync(Workspace.Find, invocation, output, error, cancellation);
        }

        Workspace workspace = Workspace.Find();
        switch (invocation.Target)
        {
            case "Test":
                return await TestVerb.RunAsync(workspace.Root, output, cancellation);
            case "Publish":
                return await PublishVerb.RunAsync(workspace, invocation, output, cancellation);
            case "Clean":
                return await CleanVerb.RunAsync(workspace, output);
            case "Gc":
                return await GcVerb.RunAsync(workspace, invocation, output, cancellation);
            case "Diff":
                return await DiffVerb.RunAsync(workspace, invocation, output, error, cancellation);
            case "Verify" when invocation.Has("from-scratch"):
                return await ScratchStore.WithAsync(workspace, scratch => RunAsync(scratch, invocation, output, error, cancellation));
            case "Serve" when invocation.Models is not null:
                return await ServeVerb.RunAsync(ServedWorld.Of(workspace, invocation.Profile), invocation, output, error, cancellation);
            case "Serve":
                return await ServedStudent.RunAsync(workspace, invocation, output, error, cancellation);
            case "Fetch":
                return await FetchVerb.RunAsync(workspace, invocation, output, cancellation);
            case "Doctor":
                return await DoctorVerb.RunAsync(workspace, invocation, output, cancellation);
        }

        return await RunAsync(workspace, invocation, output, error, cancellation);
    }

    private static async Task<ExitCode> RunAsync(Workspace workspace, Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (invocation.Looks.Count == 0 && invocation.Target is not ("Audit" or DiagnoseVerb.Name or "Export" or ReportVerb.Name or "Show" or "Status" or "Verify") && UpToDate.Find(workspace, invocation) is { } known)
        {
            return await RunVerb.ReplayAsync(workspace, known, invocation, output, cancellation);
        }

        await using Session session = await Session.OpenAsync(workspace, invocation, error, cancellation);
        return invocation switch
        {
            _ when invocation.Has("description") => await LookVerbs.DescriptionAsync(session, output),
            _ when invocation.Has("tree") => await LookVerbs.TreeAsync(session, output),
            _ when invocation.Explain is { } name => await LookVerbs.ExplainAsync(session, name, output),
            _ when invocation.Has("dryrun") => await LookVerbs.DryRunAsync(session, output),
            { Target: "Show" } => await ShowVerb.RunAsync(session, output, cancellation),
            { Target: "Audit" } => await AuditVerb.RunAsync(session, Console.In, output, error, cancellation),
            { Target: DiagnoseVerb.Name } => await DiagnoseVerb.RunAsync(session, output, cancellation),
            { Target: "Export" } => await ExportVerb.RunAsync(session, output, error, cancellation),
            { Target: ReportVerb.Name } => await ReportVerb.RunAsync(session, output),
            { Target: "Status" } => await StatusVerb.RunAsync(session, output),
            { Recheck: { } count } => await RecheckVerb.RunAsync(session, count, output, error, cancellation),
            { Target: "Verify" } => await VerifyVerb.RunAsync(session, output, error, cancellation),
            _ => await RunVerb.RunAsync(session, output, error, cancellation),
        };
    }
}
