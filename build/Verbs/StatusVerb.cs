using Cake.Core.Diagnostics;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Lists targets: cached, stale with the reason, or missing; how long the last run took, and how much of its outputs is here.</summary>
internal static class StatusVerb
{
    /// <summary>Prints the list for a table with all that it needs, for what is below an address, or for every table of the profile.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        TextWriter output = command.Output;
        await using Session session = await Session.OpenAsync(command);
        IReadOnlyList<string> shown = Subject(session);
        Dictionary<string, RunSummary> last = [];
        foreach (RunSummary run in session.Store.History.Read())
        {
            last[run.Address] = run;
        }

        Dictionary<string, Explanation> explanations = session.Explainer().Explain([.. shown]).ToDictionary(item => item.Address, StringComparer.Ordinal);
        int width = shown.Max(address => address.Length);
        Dictionary<string, int> counts = new(StringComparer.Ordinal) { ["cached"] = 0, ["stale"] = 0, ["missing"] = 0 };
        Dictionary<ContentHash, long> files = [];
        foreach (string address in shown)
        {
            Explanation item = explanations[address];
            RunSummary? run = last.GetValueOrDefault(address);
            string word = item.Verdict == RunVerdict.Hit ? "cached" : run is null ? "missing" : "stale";
            counts[word]++;

            // Twins, such as the same selection under two mixes, are recorded under one address.
            RunRecord? record = item.Record ?? (run is null ? null : session.Store.FindRun(run.Key));
            long size = 0;
            foreach (OutputFile file in record?.Outputs.Values.Where(session.Store.Exists) ?? [])
            {
                files[file.Digest] = file.Size;
                size += file.Size;
            }

            if (session.Invocation.Verbosity >= Verbosity.Normal)
            {
                string time = record is null ? "" : Format.Duration(record.Duration);
                await output.WriteLineAsync($"{word,-7}  {address.PadRight(width)}  {time,11}  {(record is null ? "" : Format.Bytes(size)),9}  {item.Reason}");
            }
        }

        await output.WriteLineAsync(
            $"{Format.Many(shown.Count, "target")}: {counts["cached"]} cached, {counts["stale"]} stale, {counts["missing"]} missing; "
            + $"{Format.Many(files.Count, "file")} of them here, {Format.Bytes(files.Values.Sum())}.");
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Subject(Session session)
    {
        IReadOnlyList<string> names = session.Invocation.Addresses;
        if (names.Count > 1)
        {
            throw new UserErrorException("Status takes one address.", "Status", "Write --target=Status Table1, or --target=Status for all tables.");
        }

        TablePlan[] tables = [.. session.Plan.Tables.Where(table => names.Count == 0 || table.Name == names[0])];
        return tables.Length > 0 ? session.Graph.Closure([.. tables.Select(table => table.Address)]) : Names.Resolve(session.Plan, names[0], "Status");
    }
}
