using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Pages;

/// <summary>A table as it is committed: its lock, outcomes, values and page. The report computes no value of it anew.</summary>
public sealed record ReportTable
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',', HasHeader = false };

    private readonly Dictionary<(string Cell, string Benchmark), IReadOnlyDictionary<string, string>> _rows;
    private readonly OutcomesFile _outcomes;

    private ReportTable(string name, ResultLock locked, OutcomesFile outcomes, Dictionary<(string, string), IReadOnlyDictionary<string, string>> rows)
    {
        Name = name;
        Lock = locked;
        _outcomes = outcomes;
        _rows = rows;
        Cells = CellsOf(locked, outcomes, rows);
        Benchmarks = [.. outcomes.Benchmarks.Keys.Where(benchmark => Cells.Any(cell => Value(cell.Address, benchmark) is not null))];
        Pairs = HasFindings ? [] : CellPairs.Of(Cells, Benchmarks, Outcomes, Grades, Questions);
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>What it asks, from YAML; empty for a table that no YAML has any more.</summary>
    public string Description { get; init; } = "";

    /// <summary>The committed lock of the table.</summary>
    public ResultLock Lock { get; }

    /// <summary>The published page; empty where there is none.</summary>
    public string Markdown { get; init; } = "";

    /// <summary>The published figure; empty where there is none.</summary>
    public string Figure { get; init; } = "";

    /// <summary>What is wrong with the committed files, in words: a lock or a file beside it that was edited by hand.</summary>
    public IReadOnlyList<string> Edited { get; init; } = [];

    /// <summary>The rows, in the order of the table.</summary>
    public IReadOnlyList<TableCell> Cells { get; }

    /// <summary>The benchmarks, in the order of the columns.</summary>
    public IReadOnlyList<string> Benchmarks { get; }

    /// <summary>Every two cells on every benchmark.</summary>
    public IReadOnlyList<CellPair> Pairs { get; }

    /// <summary>
    /// True for declared findings, whose verdicts are on the published page: their cells are other tables', and no two of them are tested here.
    /// </summary>
    public bool HasFindings => Lock.Body["findings"] is JsonObject;

    /// <summary>Reads the files of a table.</summary>
    /// <param name="folder">The folder of a profile's results.</param>
    /// <param name="name">The table, which has a lock there.</param>
    /// <exception cref="Contracts.UserErrorException">The lock is no lock, or a file is not UTF-8.</exception>
    public static ReportTable Read(string folder, string name)
    {
        string Text(string ending) =>
            File.Exists(Path.Combine(folder, name + ending)) ? Contracts.TextFiles.ReadStrict(Path.Combine(folder, name + ending)) : "";
        ResultLock locked = ResultLock.Read(ResultFiles.LockPath(folder, name));
        return new ReportTable(name, locked, OutcomesFile.Parse(Text(".outcomes")), Rows(Text(".csv")))
        {
            Markdown = Text(".md"),
            Figure = Text(".svg"),
            Edited = locked.Body["csv"] is JsonValue && locked.Body["outcomes"] is JsonValue
                ? [.. ResultFiles.Edited(locked, folder, name).Select(change => change.Name)]
                : [],
        };
    }

    /// <summary>A column of the published values of a cell and benchmark; empty where there is none.</summary>
    public string Column(string cell, string benchmark, string column) =>
        _rows.TryGetValue((cell, benchmark), out IReadOnlyDictionary<string, string>? row) ? row.GetValueOrDefault(column, "") : "";

    /// <summary>A number of the published values; NaN where there is none.</summary>
    public double Number(string cell, string benchmark, string column) =>
        double.TryParse(Column(cell, benchmark, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    /// <summary>The locked values of a cell on a benchmark; null where it has none.</summary>
    public JsonObject? Value(string cell, string benchmark) => Lock.Body["cells"]?[cell]?["benchmarks"]?[benchmark] as JsonObject;

    /// <summary>A locked number, such as <c>mean</c>; NaN where it is empty.</summary>
    public double Locked(string cell, string benchmark, string member) =>
        double.TryParse(Value(cell, benchmark)?[member]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    /// <summary>Outcomes of a cell, benchmark and seed in ordinal order of the questions' ids; null where there are none.</summary>
    public string? Outcomes(string cell, string benchmark, int seed) =>
        _outcomes.Rows.GetValueOrDefault((cell, benchmark, seed.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Digest of a benchmark's question ids.</summary>
    public string IdsDigest(string benchmark) => _outcomes.Benchmarks[benchmark];

    /// <summary>Number of a benchmark's questions.</summary>
    public int Questions(string benchmark) => _outcomes.Questions.GetValueOrDefault(benchmark);

    /// <summary>The locked digest of a seed's grades; null where there is none.</summary>
    public string? Grades(string cell, string benchmark, int seed) => Provenance.Digest(Lock, cell, benchmark, seed, "grades");

    private static Dictionary<(string, string), IReadOnlyDictionary<string, string>> Rows(string csv)
    {
        Dictionary<(string, string), IReadOnlyDictionary<string, string>> rows = [];
        string[][] lines = [.. Lines(csv)];

        // Proxies and protocols have values of another shape; theirs are on the published page.
        if (lines.Length == 0 || !string.Join(',', lines[0]).StartsWith(CsvTable.Header, StringComparison.Ordinal))
        {
            return rows;
        }

        foreach (string[] fields in lines.Skip(1).Where(fields => fields.Length == lines[0].Length))
        {
            rows.TryAdd((fields[0], fields[4]), lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }

    private static IEnumerable<string[]> Lines(string csv)
    {
        using CsvReader reader = CsvReader.FromText(csv, Options);
        while (reader.Read())
        {
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        }
    }

    private static IReadOnlyList<TableCell> CellsOf(
        ResultLock locked, OutcomesFile outcomes, Dictionary<(string Cell, string Benchmark), IReadOnlyDictionary<string, string>> rows)
    {
        string[] addresses =
            [.. outcomes.Rows.Keys.Select(row => row.Cell).Concat(locked.Body["cells"]!.AsObject().Select(cell => cell.Key)).Distinct(StringComparer.Ordinal)];
        return [.. addresses.Where(address => locked.Body["cells"]![address] is not null).Select(address =>
        {
            IReadOnlyDictionary<string, string>? row = rows.FirstOrDefault(entry => entry.Key.Cell == address).Value;
            string? Field(string name) => row?.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
            return new TableCell
            {
                Address = address,
                Method = Field("method"),
                Size = int.TryParse(Field("size"), NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : null,
                Mix = Field("mix"),
                Seeds = [.. (locked.Body["cells"]![address]!["seeds"]?.AsArray() ?? []).Select(seed => seed!.GetValue<int>())],
                Baseline = Field("baseline"),
                Pool = Field("pool"),
                Calibration = Field("family") == CsvTable.CalibrationFamily,
            };
        })];
    }
}
