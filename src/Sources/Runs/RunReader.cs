using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>
/// Reads the runs of other programs with the verdicts that they recorded: lm-evaluation-harness, Inspect, lighteval, NeMo-Skills, MMLU-Pro, and
/// any table by a field map. Files are read row by row; outputs are not kept.
/// </summary>
public static class RunReader
{
    /// <summary>Reads the run at a path: a file, or a folder of files.</summary>
    /// <param name="path">A file, or a folder with the files of one run, in any depth.</param>
    /// <param name="label">What the run is called.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UserErrorException">
    /// Nothing there is known, a file is damaged, a row is about nothing or has no verdict, an answer appears twice, or several files answer one
    /// benchmark and nobody said that they are repeats.
    /// </exception>
    public static RecordedRun Read(string path, string label, RunOptions options, CancellationToken cancellation = default)
    {
        IReadOnlyList<RunFile> files = RunFiles.Find(path, options.Map);
        if (files[0].Format == RecordedFormats.Fields)
        {
            options.Map!.RequireForFields("--map");
        }

        RunAssembly[] read = [.. files.SelectMany(file => Read(file, options, cancellation))];
        List<RunTask> tasks = [];
        List<UserError> errors = [];
        foreach (IGrouping<string, RunAssembly> task in read.GroupBy(part => part.Task).OrderBy(task => task.Key, StringComparer.Ordinal))
        {
            RunAssembly[] parts = [.. task];
            if (Several(parts, path, options) is { } error)
            {
                errors.Add(error);
                continue;
            }

            tasks.Add(RunAssembly.Join(parts));
        }

        string[] models = [.. files.Select(file => file.Model).OfType<string>().Distinct()];
        return errors.Count > 0
            ? throw new UserErrorException(errors)
            : new RecordedRun(label, Path.GetFullPath(path), tasks)
            {
                Format = files[0].Format,
                Model = models.Length == 1 ? models[0] : null,
            };
    }

    private static IEnumerable<RunAssembly> Read(RunFile file, RunOptions options, CancellationToken cancellation)
    {
        RunRowReader reader = new(file.Format, options.Map);
        Dictionary<string, RunAssembly> tasks = new(StringComparer.Ordinal);
        RowRequest request = new() { Fields = reader.Columns, Entries = RecordedFormats.Entries(file.Format) };
        foreach (SourceRow row in RowFormats.Reader(file.Rows).Read(file.Source, request, cancellation))
        {
            try
            {
                RunSample sample = row.Damage is null ? reader.Read(row) : throw new RefusedRowException("damaged", row.Damage, "Fix or remove the row.");
                string task = sample.Task ?? file.Task;
                if (!tasks.TryGetValue(task, out RunAssembly? assembly))
                {
                    tasks[task] = assembly = new RunAssembly(task, file);
                }

                assembly.Add(sample);
            }
            catch (RefusedRowException refused)
            {
                throw new UserErrorException(refused.Message, row.Place.ToString(), refused.Hint);
            }
        }

        return tasks.Count > 0 ? tasks.Values : throw new UserErrorException(
            "The file has no row.",
            file.Source.Name,
            "Name a file of a run that answered something.");
    }

    // Several files of a benchmark: a run that was repeated, one that was tried again, or two models? Only their owner knows.
    private static UserError? Several(RunAssembly[] parts, string path, RunOptions options)
    {
        bool areParts = parts[0].File.Format is RecordedFormats.MmluPro;
        if (parts.Length == 1 || (options.FilesAreRepeats && !areParts)
            || (areParts && !parts.Where((part, i) => parts.Take(i).Any(part.Overlaps)).Any())
            || (parts[0].File.Format is RecordedFormats.NemoSkills && parts.All(part => part.File.Folder == parts[0].File.Folder)))
        {
            return null;
        }

        string[] models = [.. parts.Select(part => part.File.Model).OfType<string>().Distinct()];
        return new UserError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{parts.Length} files answer '{parts[0].Task}'{(models.Length > 1 ? FormattableString.Invariant($", of {models.Length} models") : "")}: "
                + $"{Quoted.List([.. parts.Select(part => part.File.Source.Name)], 4)}."),
            path,
            "Name one of them, or a folder that has one" + (areParts ? "." : "; where they are repeats of one run, add --repeats."));
    }
}
