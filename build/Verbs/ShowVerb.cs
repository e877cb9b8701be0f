using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Traces a number back to its questions: a cell's targets, their run records, and answers with their grades.</summary>
internal static class ShowVerb
{
    private const int Examples = 2;

    /// <summary>Prints what is below the address; what is not in the store is said to be missing.</summary>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (_, TextWriter output, _, CancellationToken cancellation) = command;
        await using Session session = await Session.OpenAsync(command);
        string address = session.Invocation.Addresses.Count == 1
            ? session.Invocation.Addresses[0]
            : throw new UserErrorException("Show takes one address.", "Show", "Write --target=Show Table1/Random/1000/System2.");
        IReadOnlyList<string> targets = Names.Resolve(session.Plan, address, "Show");
        Dictionary<string, RunRecord> records = await KnownRuns.FindAsync(session, targets, cancellation);
        await output.WriteLineAsync($"{address} (profile {session.Invocation.Profile})");
        foreach (string target in targets)
        {
            if (!records.TryGetValue(target, out RunRecord? record))
            {
                await output.WriteLineAsync($"\n{target}: not in the store; --target={target} --profile={session.Invocation.Profile} makes it.");
                continue;
            }

            await ShowRecordAsync(session, target, record, output);
            if (record.StageName == GradeStage.Name)
            {
                await ShowGradesAsync(session, target, record.Outputs[GradeStage.Output], output, cancellation);
            }
        }

        return ExitCode.Done;
    }

    private static async Task ShowRecordAsync(Session session, string target, RunRecord record, TextWriter output)
    {
        await output.WriteLineAsync(
            $"\n{target}: stage {record.StageName}, key {record.Key.Short}, {Format.Duration(record.Duration)} on {record.Started:yyyy-MM-dd HH:mm}Z");
        await output.WriteLineAsync("  parameters " + CanonicalJson.Write(record.Document["parameters"]));
        foreach ((string name, OutputFile file) in record.Outputs)
        {
            string
                where = session.Store.Exists(file)
                    ? Path.GetRelativePath(session.Workspace.Root, session.Store.PathOf(file.Digest))
                    : $"{file.Digest}, not in this store";
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {name}: {file.Size} bytes, {where}"));
        }

        foreach ((string name, long count) in record.Result.Counts)
        {
            await output.WriteLineAsync($"  {name}: {Format.Count(count)}");
        }

        foreach ((string name, JsonNode? value) in record.Circumstances["measured"] as JsonObject ?? [])
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  measured {name}: {(double)value!:#,##0.######}"));
        }

        foreach (string warning in record.Result.Warnings)
        {
            await output.WriteLineAsync("  warning: " + warning);
        }
    }

    private static async Task ShowGradesAsync(Session session, string target, OutputFile file, TextWriter output, CancellationToken cancellation)
    {
        string? path = await KnownRuns.PathOfAsync(session, file, cancellation);
        if (path is null)
        {
            await output.WriteLineAsync(
                "  The answers are not in this store: name the --cache that has them, "
                + $"or let --target={target} --profile={session.Invocation.Profile} make them.");
            return;
        }

        List<Grade> grades = JsonLines.Read<Grade>(path);
        int right = grades.Count(grade => grade.Correct);
        bool isConfidential = Confidential.Is(session.Graph, target);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  accuracy: {right}/{grades.Count} = {100m * right / grades.Count:0.0} %"));
        foreach (Grade grade in grades.Where(grade => grade.Correct).Take(Examples).Concat(grades.Where(grade => !grade.Correct).Take(Examples)))
        {
            string verdict = grade.Correct ? "right" : grade.Extracted is null ? "unparsed" : "wrong";
            await output.WriteLineAsync(
                $"  {grade.QuestionId} ({verdict}, extracted {(isConfidential ? "not shown" : grade.Extracted ?? "nothing")}, {grade.Tokens} tokens)");
            if (isConfidential)
            {
                continue;
            }

            await output.WriteLineAsync("    prompt: " + Indented(grade.Prompt));
            await output.WriteLineAsync("    output: " + Indented(grade.Output));
        }
    }

    private static string Indented(string text) => text.Trim().ReplaceLineEndings("\n            ");
}
