using System.Text;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Reporting.Diagnosing;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Says what may be wrong with the students of a table or cell, from what the store holds of them. Runs no target.</summary>
internal static class DiagnoseVerb
{
    private const string Name = nameof(VerbName.Diagnose);
    private const string UsualTable = "Table1";

    /// <summary>Prints the page, and writes it to the folder of --to, or to <c>.cache/diagnose/&lt;profile&gt;</c>.</summary>
    /// <exception cref="UserErrorException">There is no such table or cell, the store has no answers of it, or the folder of --to is not empty.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (_, TextWriter output, _, CancellationToken cancellation) = command;
        await using Session session = await Session.OpenAsync(command);
        IReadOnlyList<string> addresses = session.Invocation.Addresses.Count > 0 ? [.. session.Invocation.Addresses.Distinct()] : [UsualTable];
        string title = $"{string.Join(", ", addresses)} (profile {session.Plan.Profile})";
        VerifySubject[] subjects = [.. addresses.SelectMany(address => Cells(session, address)).DistinctBy(cell => cell.Name)];
        string[] tables = [.. subjects.Select(subject => subject.Table.Address).Distinct()];
        CellRecords records = new(session, await KnownRuns.FindAsync(session, tables, cancellation));
        List<(DiagnosedCell Cell, IReadOnlyList<Diagnosis> Diagnoses)> cells = [];
        List<string> missing = [];
        foreach (VerifySubject subject in subjects)
        {
            if (await records.ReadAsync(subject, cancellation) is { } cell)
            {
                cells.Add((cell, Diagnoses.Of(cell)));
            }
            else
            {
                missing.Add(subject.Name);
            }
        }

        if (cells.Count == 0)
        {
            throw new UserErrorException(
                $"The answers of '{missing[0]}' are not in this store{(missing.Count > 1 ? $", nor those of {missing.Count - 1} more" : "")}.",
                Name,
                $"--target={missing[0]} --profile={session.Plan.Profile} makes them; or name the --cache that has them.");
        }

        string page = DiagnosisPage.Write(title, cells)
            + (missing.Count == 0 ? "" : $"\nNot in this store, and so not looked at: {string.Join(", ", missing)}.\n");
        await output.WriteAsync(page);
        string place = session.Invocation.To ?? Path.Combine(session.Workspace.Root, ".cache", "diagnose", session.Plan.Profile, FileName(addresses));
        using NewFolder folder = new(place, replaces: session.Invocation.To is null);
        await File.WriteAllTextAsync(folder.PathOf("diagnosis.md"), page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellation);
        folder.Keep();
        await output.WriteLineAsync($"\nWritten to {Path.Combine(folder.FullName, "diagnosis.md")}");
        return ExitCode.Done;
    }

    // A table stands for all of its cells. Findings have no cells of their own.
    private static IEnumerable<VerifySubject> Cells(Session session, string address)
    {
        if (session.Plan.Tables.FirstOrDefault(table => table.Name == address) is not { } whole)
        {
            return [VerifySubject.PlannedCell(session, address, Name)];
        }

        return new TableCells(session.Graph[whole.Address]).Seeds.Select(cell => new VerifySubject(whole, cell.Key, cell.Value));
    }

    private static string FileName(IReadOnlyList<string> addresses)
    {
        string name = string.Join("+", addresses).Replace('/', '-');
        return name.Length <= 120 ? name : ContentHash.OfText(name).Short;
    }
}
