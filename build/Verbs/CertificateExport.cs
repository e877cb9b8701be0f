using System.Text.Json.Nodes;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Certificates;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Writes a table with all that it is computed from, answers on, as a folder that others check without this store: a Workflow Run RO-Crate with a
/// <see cref="Certificate"/>.
/// </summary>
internal static class CertificateExport
{
    /// <summary>The value of --format that writes it.</summary>
    public const string Format = "ro-crate";

    /// <summary>The folder of the published files in the certificate's.</summary>
    public const string Results = "results";

    /// <summary>Makes the table and writes the folder.</summary>
    /// <exception cref="UserErrorException">The address names no table, the table has no lock that holds, or a benchmark is confidential.</exception>
    public static async Task<ExitCode> RunAsync(Session session, TextWriter output, TextWriter error)
    {
        TablePlan table = session.Invocation.Addresses is [string name]
            ? session.Plan.Tables.FirstOrDefault(table => table.Name == name)
                ?? throw new UserErrorException(
                    $"There is no table '{name}'.", "Export", NearestName.Hint(name, [.. session.Plan.Tables.Select(known => known.Name)]))
            : throw new UserErrorException("Export takes one address.", "Export", $"Write --target=Export TABLE --to=FOLDER --format={Format}.");
        if (Confidential.Is(session.Graph, table.Address))
        {
            throw new UserErrorException(
                $"A benchmark of {table.Name} is confidential: its text leaves the store in no other file.", "Export",
                "Leave 'confidential' out of the YAML of its source, where its owner allows that.");
        }

        if (!File.Exists(TableFiles.LockOf(session, table)))
        {
            throw new UserErrorException(
                $"{table.Name} has no lock, so that nothing could be checked.", "Export",
                $"--target={table.Name} --profile={session.Invocation.Profile} makes it.");
        }

        using NewFolder folder = new(session.Invocation.To!);
        RunReport report = await session.RunAsync([table.Address]);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        RunRecord RecordOf(string address) => report[address].Record!;
        if (!TableFiles.With(
            session, RecordOf(table.Address),
            made => ResultFiles.Compare(TableFiles.Result(session, table, made, RecordOf), session.Workspace.Results(session.Invocation.Profile)).Holds))
        {
            await error.WriteLineAsync(
                $"{table.Name}: the lock does not hold; --target=Verify {table.Name} --profile={session.Invocation.Profile} says more. Nothing was written.");
            return ExitCode.LockBroken;
        }

        Certificate certificate = Write(session, table, folder, RecordOf);
        long bytes = folder.Keep();
        await output.WriteLineAsync(
            $"{table.Name}: {Display.Format.Many(certificate.Repeated.Count, "run")} to be executed again, "
            + $"{Display.Format.Bytes(bytes)}, in {folder.FullName}; "
            + $"./build.sh --target=Verify --offline {folder.FullName} checks it.");
        return ExitCode.Done;
    }

    /// <summary>Whether a stage is executed again by whoever checks, who has no GPU and calls no model: what follows from answers.</summary>
    public static bool IsRepeated(string stage) => StageCatalog.Create(stage) is { Description: { UsesTensors: false, CallsModels: false } } made
        && (made.GetType().Assembly == typeof(GradeStage).Assembly || made.GetType().Assembly == typeof(TableStage).Assembly);

    private static Certificate Write(Session session, TablePlan table, NewFolder folder, Func<string, RunRecord> recordOf)
    {
        Certificate certificate = Certificate.Of(session.Graph, recordOf, table.Address, session.Invocation.Profile, IsRepeated);
        foreach ((string path, OutputFile file) in certificate.Held)
        {
            if (!session.Store.Restore(file, folder.PathOf(path)))
            {
                throw new UserErrorException(
                    $"The store has lost '{path}', or it is damaged.", "Export", "Run the same command again: it is made anew.", ExitCode.TargetFailed);
            }
        }

        File.WriteAllText(folder.PathOf(Certificate.FileName), certificate.Write());
        string results = session.Workspace.Results(session.Invocation.Profile);
        List<(string, OutputFile)> published = [];
        foreach (string path in Directory.EnumerateFiles(results, table.Name + ".*").Order(StringComparer.Ordinal))
        {
            string own = $"{Results}/{Path.GetFileName(path)}";
            File.Copy(path, folder.PathOf(own));
            published.Add((own, new OutputFile(ContentHash.OfFile(path), new FileInfo(path).Length)));
        }

        string declared = $"workflow/{Path.GetFileName(table.File)}";
        File.Copy(Path.Combine(session.Workspace.Experiments, table.File), folder.PathOf(declared));
        RunCrate crate = new()
        {
            Name = $"{table.Name} of the profile {session.Invocation.Profile}",
            Description = table.Description,
            Workflow = declared,
            License = session.Invocation.License,
            Results = published,
            Lock = $"{Results}/{table.Name}.lock.json",
            Accepted =
            [
                .. ResultLock.Read(TableFiles.LockOf(session, table)).History.OfType<JsonObject>()
                    .Select(change => ((string)change["date"]!, (string)change["reason"]!)),
            ],
        };
        File.WriteAllText(folder.PathOf(RunCrate.FileName), crate.Write(certificate, recordOf));
        return certificate;
    }
}
