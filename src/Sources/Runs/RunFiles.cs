using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>Finds the files of a run and says what each is: by the name that its writer gives it, else by its first row.</summary>
internal static partial class RunFiles
{
    private const string Known =
        "samples_*.jsonl of lm-evaluation-harness, .eval logs of Inspect, details_*.parquet of lighteval, output-rs*.jsonl of NeMo-Skills, or result files of "
        + "MMLU-Pro (JSON, zipped or not)";

    /// <summary>The files at a path, numbers in names by value (<c>rs2</c> before <c>rs10</c>).</summary>
    /// <exception cref="UserErrorException">There is none that is known, or they are of several formats.</exception>
    public static IReadOnlyList<RunFile> Find(string path, RunMap? map)
    {
        bool isFolder = Directory.Exists(path);
        string[] paths = isFolder
            ? [.. Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(NaturalOrder.Instance)]
            : [RegularFile.Require(path)];
        List<RunFile> files =
        [
            .. paths.Select(file =>
                Recognised(new SourceFile(file, isFolder ? Path.Combine(path, Path.GetRelativePath(path, file)) : path, default), isFolder)).OfType<RunFile>(),
        ];
        if (files.Count == 0 && map is not null)
        {
            files = [.. paths.Select(file => Mapped(new SourceFile(file, file, default))).OfType<RunFile>()];
        }

        return files.Select(file => file.Format).Distinct().ToArray() switch
        {
            [] => throw Unknown(path, paths, isFolder),
            [_] => files,
            var several => throw new UserErrorException(
                "The folder has files of several formats: " + string.Join(
                    ", ",
                    several.Order(StringComparer.Ordinal)
                        .Select(format => FormattableString.Invariant($"{format} ({files.Count(file => file.Format == format)})"))) + ".",
                path,
                "Name the files, or a folder with those of one run."),
        };
    }

    private static UserErrorException Unknown(string path, string[] paths, bool isFolder)
    {
        string[] tables = [.. paths.Where(file => Rows(Path.GetFileName(file)) is not null)];
        string found = !isFolder ? "Neither the file's name nor its first row shows a known format."
            : paths.Length == 0 ? "The folder is empty."
            : $"The folder has no file of a known format: {Quoted.List([.. paths.Select(file => Path.GetRelativePath(path, file))])}.";
        string fields = tables.Length > 0 && FirstRow(new SourceFile(tables[0], tables[0], default), Rows(Path.GetFileName(tables[0]))!) is { Count: > 0 } row
            ? $" Its fields: {Quoted.List([.. row.Select(field => field.Key)], 12)}."
            : "";
        return new UserErrorException(
            found + fields,
            path,
            $"Known are {Known}. Any CSV, JSON lines or Parquet is read with --map, such as --map=id=question_id,correct=is_right.");
    }

    private static RunFile? Recognised(SourceFile file, bool isInFolder)
    {
        string name = Path.GetFileName(file.Path);
        if (name.EndsWith(".eval", StringComparison.Ordinal))
        {
            return InspectLog(file);
        }

        if (LmEvalName().Match(name) is { Success: true } samples)
        {
            return new RunFile(file, RecordedFormats.LmEval, RowFormats.Jsonl, samples.Groups["task"].Value)
            {
                Model = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file.Path))),
            };
        }

        if (LightevalName().Match(name) is { Success: true } details)
        {
            return new RunFile(file, RecordedFormats.Lighteval, RowFormats.Parquet, details.Groups["task"].Value);
        }

        if (NemoSkillsName().IsMatch(name))
        {
            return NemoSkills(file);
        }

        return Rows(name) is { } rows && !(isInFolder && rows == RowFormats.Parquet) ? ByFirstRow(file, rows) : null;
    }

    private static RunFile? ByFirstRow(SourceFile file, string rows) => FirstRow(file, rows) is not { } row ? null
        : row.ContainsKey("doc") && (row.ContainsKey("resps") || row.ContainsKey("filtered_resps"))
        ? new RunFile(file, RecordedFormats.LmEval, rows, RunTask.All)
        : row.ContainsKey("doc") && (row.ContainsKey("metric") || row.ContainsKey("metrics")) ? new RunFile(file, RecordedFormats.Lighteval, rows, RunTask.All)
        : row.ContainsKey("generation") && (row.ContainsKey("expected_answer") || row.ContainsKey("predicted_answer")) ? NemoSkills(file)
        : row.ContainsKey("question_id") && row.ContainsKey("pred") && row.ContainsKey("answer_index")
        ? new RunFile(file, RecordedFormats.MmluPro, rows, "MMLU-Pro")
        : null;

    // A folder of evaluations is called as its benchmark, with the repeats inside.
    private static RunFile NemoSkills(SourceFile file) =>
        new(
            file, RecordedFormats.NemoSkills, RowFormats.Jsonl,
            Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file.Path))) is { Length: > 0 } folder ? folder : RunTask.All);

    private static RunFile? Mapped(SourceFile file) =>
        Rows(Path.GetFileName(file.Path)) is { } rows ? new RunFile(file, RecordedFormats.Fields, rows, RunTask.All) : null;

    private static RunFile InspectLog(SourceFile file)
    {
        using (FileStream stream = TextParts.OpenFile(file))
        {
            if (!TextStream.Take(stream, 2).AsSpan().SequenceEqual("PK"u8))
            {
                throw SourceErrors.Damaged(file.Name, "This is not an Inspect log: an .eval file is a zip file.");
            }
        }

        // A log that is being written has no header yet.
        RowRequest request = new() { Entries = ["header.json", "_journal/start.json"] };
        SourceRow[] rows = [.. RowFormats.Reader(RowFormats.Json).Read(file, request)];
        SourceRow header = rows.FirstOrDefault(row => row.Place.Entry == "header.json") ?? rows[0];
        if (header.Damage is { } damage || header.Fields["eval"] is not JsonObject)
        {
            throw SourceErrors.Damaged(header.Place.ToString(), "The header of the log has no 'eval'. " + header.Damage);
        }

        string status = header.Fields["status"]?.ToString() ?? "started";
        return new RunFile(file, RecordedFormats.Inspect, RowFormats.Json, header.Fields["eval"]!["task"]?.ToString() ?? RunTask.All)
        {
            Model = header.Fields["eval"]!["model"]?.ToString(),
            Note = status == "success"
                ? null
                : $"The log {file.Name} has the status '{SourceQuote.Of(status, confidential: false).Trim('\'')}': it may not have every sample.",
        };
    }

    /// <summary>How the rows of a file are written that is called so; null for no table.</summary>
    private static string? Rows(string name)
    {
        string plain = name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => RowFormats.Jsonl,
            ".json" or ".zip" => RowFormats.Json,
            ".csv" => RowFormats.Csv,
            ".parquet" => RowFormats.Parquet,
            _ => null,
        };
    }

    // What cannot be read is nothing that is known; where a user names it, the reading itself tells why.
    private static JsonObject? FirstRow(SourceFile file, string rows)
    {
        try
        {
            return RowFormats.Reader(rows).Read(file, RowRequest.All).FirstOrDefault(row => row.Damage is null)?.Fields;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^samples_(?<task>.+?)(_\d{4}-\d{2}-\d{2}T[\d.:-]+)?\.jsonl(\.gz)?$")]
    private static partial Regex LmEvalName();

    [GeneratedRegex(@"^details_(?<task>.+?)(_\d{4}-\d{2}-\d{2}T[\d.:-]+)?\.parquet$")]
    private static partial Regex LightevalName();

    [GeneratedRegex(@"^output(-rs\d+|-greedy)?\.jsonl(\.gz)?$")]
    private static partial Regex NemoSkillsName();
}
