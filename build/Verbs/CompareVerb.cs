using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Comparing;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Compares runs: cells of this store, and files of other programs. Runs nothing, writes nothing but the comparison, and needs a checkout's
/// YAML and store only where a cell is named.
/// </summary>
internal static class CompareVerb
{
    private const int UsualFlips = 20;

    /// <summary>Compares what the command line names with the first of it.</summary>
    /// <exception cref="UserErrorException">A run cannot be read, or the runs cannot be compared: all of it at once.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (Invocation invocation, TextWriter output, _, CancellationToken cancellation) = command;
        if (invocation.Addresses.Count < 2)
        {
            throw new UserErrorException(
                "Compare takes two runs or more.",
                "Compare",
                "Write --target=Compare A B: files or folders of runs, or cells such as Table1/Random/1000/System2.");
        }

        RunOptions options = new() { Map = invocation.Map is { } map ? RunMap.Parse(map, "--map") : null, FilesAreRepeats = invocation.Has("repeats") };
        RecordedRun?[] runs = new RecordedRun?[invocation.Addresses.Count];
        List<UserError>[] errors = [.. runs.Select(_ => new List<UserError>())];
        int[] files = [.. Enumerable.Range(0, runs.Length).Where(i => Path.Exists(invocation.Addresses[i]))];
        string[] labels = Labels(invocation.Addresses);
        ParallelLoop.Run(() => Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                runs[i] = RunReader.Read(invocation.Addresses[i], labels[i], options, cancellation);
            }
            catch (UserErrorException wrong)
            {
                errors[i].AddRange(wrong.Errors);
            }
        }));
        await ReadCellsAsync(command, labels, runs, errors);
        if (errors.SelectMany(list => list).ToArray() is { Length: > 0 } all)
        {
            throw new UserErrorException(all);
        }

        RunComparison comparison = RunComparison.Of(
            runs!,
            new CompareOptions
            {
                Metric = invocation.Metric,
                Benchmarks = invocation.Benchmarks,
                Common = invocation.Has("common"),
                Match = invocation.Match ?? MatchWays.Any,
            });
        await output.WriteAsync(invocation.Format switch
        {
            "html" => ComparisonPage.Write(comparison, invocation.Count ?? int.MaxValue),
            "markdown" => ComparisonText.Markdown(comparison, invocation.Count ?? UsualFlips),
            "csv" => ComparisonCsv.Write(comparison),
            "flips" => ComparisonCsv.Flips(comparison),
            _ => ComparisonText.Plain(comparison, invocation.Count ?? UsualFlips),
        });
        return ExitCode.Done;
    }

    // A cell is called by its address. The last part of a path says most; of two that end alike the whole says which is which.
    private static string[] Labels(IReadOnlyList<string> paths)
    {
        string[] names =
        [
            .. paths.Select(path =>
                !Path.Exists(path) ? path : Path.GetFileName(path.TrimEnd('/', Path.DirectorySeparatorChar)) is { Length: > 0 } name ? name : path),
        ];
        string[] labels = [.. paths.Select((path, i) => names.Count(name => name == names[i]) > 1 ? path : names[i])];
        return [.. labels.Select((label, i) => labels.Take(i).Contains(label) ? FormattableString.Invariant($"{label} ({i + 1})") : label)];
    }

    private static async Task ReadCellsAsync(Command command, string[] labels, RecordedRun?[] runs, List<UserError>[] errors)
    {
        Invocation invocation = command.Invocation;
        int[] cells = [.. Enumerable.Range(0, runs.Length).Where(i => !Path.Exists(invocation.Addresses[i]))];
        foreach (int i in cells.Where(i =>
            invocation.Addresses[i].StartsWith('.') || Path.IsPathRooted(invocation.Addresses[i]) || Path.HasExtension(invocation.Addresses[i])))
        {
            errors[i].Add(new UserError(
                $"There is no file or folder '{Quoted.Of(invocation.Addresses[i])}'.",
                "Compare",
                "Check the path; it counts from the folder that you are in."));
        }

        cells = [.. cells.Where(i => errors[i].Count == 0)];
        if (cells.Length == 0)
        {
            return;
        }

        await using Session session = await Session.OpenAsync(command);
        List<ComparedCell> found = [];
        foreach (int i in cells)
        {
            try
            {
                VerifySubject cell = VerifySubject.PlannedCell(session, invocation.Addresses[i], "Compare");
                Dictionary<string, RunRecord> records = await KnownRuns.FindAsync(
                    session,
                    [.. CellAnswers.Targets(session, cell), .. cell.Grades(session).Values.SelectMany(grades => CellAnswers.OtherGrades(session, grades))],
                    command.Cancellation);
                found.Add(new ComparedCell(i, labels[i], cell, await CellAnswers.ReadAsync(session, cell, records.GetValueOrDefault, command.Cancellation)));
            }
            catch (UserErrorException wrong)
            {
                errors[i]
                    .AddRange(
                        wrong.Errors.Select(item =>
                            item with { Message = $"'{Quoted.Of(invocation.Addresses[i])}' is no file or folder, and as a cell: {item.Message}" }));
            }
        }

        foreach ((int place, RecordedRun run) in ComparedCell.ToRuns(session, found))
        {
            runs[place] = run;
        }
    }
}
