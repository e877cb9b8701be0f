using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// The published files of a table: <c>Table1.md</c>, <c>.csv</c>, <c>.svg</c>, <c>.outcomes</c> and <c>.lock.json</c> in <c>results/&lt;profile&gt;</c>.
/// Publishing writes the lock only where none is, and the provenance into one that holds and has none. The outcomes belong to the lock: where
/// it does not hold they stay as they are.
/// </summary>
public static class ResultFiles
{
    /// <summary>Files that some tables have, and what follows the table's name in their published names.</summary>
    public static IReadOnlyList<(string Made, string Ending)> More { get; } =
    [
        (TableStage.Measures, ".measures.csv"),
        (TableStage.Modes, ".modes.csv"),
        (TableStage.Paper, ".paper.csv"),
    ];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Publishes the output folder of a table stage and compares it with the lock that is there (or has just been written).</summary>
    /// <exception cref="UserErrorException">The lock file is no lock.</exception>
    public static LockComparison Publish(TableResult result, string resultFolder)
    {
        Directory.CreateDirectory(resultFolder);
        string table = result.Table, lockPath = LockPath(resultFolder, table);
        bool first = !File.Exists(lockPath);
        if (first || !File.Exists(Path.Combine(resultFolder, table + ".outcomes")))
        {
            Copy(result.Folder, TableStage.Outcomes, resultFolder, table + ".outcomes");
        }

        if (first)
        {
            Replace(lockPath, result.Lock());
        }

        Copy(result.Folder, TableStage.Markdown, resultFolder, table + ".md");
        Copy(result.Folder, TableStage.Csv, resultFolder, table + ".csv");
        Copy(result.Folder, TableStage.Figure, resultFolder, table + ".svg");
        foreach ((string made, string ending) in More.Where(file => File.Exists(Path.Combine(result.Folder, file.Made))))
        {
            Copy(result.Folder, made, resultFolder, table + ending);
        }

        LockComparison comparison = Compare(result, resultFolder);
        ResultLock locked = ResultLock.Read(lockPath);
        if (comparison.Holds && locked.Provenance is null)
        {
            Replace(lockPath, result.Lock() with { History = locked.History });
        }

        return comparison;
    }

    /// <summary>
    /// Compares without writing. The outcomes and, where it exists, the csv beside the lock must be the ones that it was made with (the csv may
    /// also be the one made now), so that a swapped or edited file is reported.
    /// </summary>
    public static LockComparison Compare(TableResult result, string resultFolder)
    {
        string table = result.Table;
        ResultLock locked = ResultLock.Read(LockPath(resultFolder, table)), current = result.Lock();
        LockComparison comparison = LockComparison.Of(locked, current);
        OutcomePairs pairs = OutcomePairs.Between(
            Path.Combine(resultFolder, table + ".outcomes"), Path.Combine(result.Folder, TableStage.Outcomes), result.Questions);
        string madeNow = current.Body["csv"]!.GetValue<string>();
        return comparison with
        {
            Cells = pairs.AddTo(comparison.Cells),
            EditedFiles = [.. Edited(locked, resultFolder, table).Where(file => file.New != madeNow)],
        };
    }

    /// <summary>
    /// Takes the new result as the locked one, with a reason; the old body's digest and the old digests of weights and answers join the history.
    /// </summary>
    /// <param name="result">What came out.</param>
    /// <param name="resultFolder">The folder <c>results/&lt;profile&gt;</c>.</param>
    /// <param name="reason">Why the change is right; not blank.</param>
    /// <param name="date">The day, from the caller's clock.</param>
    /// <exception cref="UserErrorException">The reason is blank.</exception>
    public static void Accept(TableResult result, string resultFolder, string reason, DateOnly date)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UserErrorException("A lock is not rewritten without a reason.", "--reason", "Say in a sentence why the new values are right.");
        }

        string lockPath = LockPath(resultFolder, result.Table);
        JsonArray history = [];
        if (File.Exists(lockPath))
        {
            ResultLock old = ResultLock.Read(lockPath);
            history = old.History.DeepClone().AsArray();
            history.Add(new JsonObject
            {
                ["date"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["reason"] = reason.Trim(),
                ["oldBody"] = CanonicalJson.Hash(old.Body).Hex,
                ["oldCells"] = OldDigests(old, result.Lock()),
            });
        }

        Directory.CreateDirectory(resultFolder);
        Copy(result.Folder, TableStage.Outcomes, resultFolder, result.Table + ".outcomes");
        Replace(lockPath, result.Lock() with { History = history });
        Publish(result, resultFolder);
    }

    /// <summary>The path of a table's lock.</summary>
    public static string LockPath(string resultFolder, string table) => Path.Combine(resultFolder, table + ".lock.json");

    /// <summary>True when the csv beside a lock is not the one that was locked: a run gave other values, which nobody accepted.</summary>
    public static bool HasOtherValues(string resultFolder, string table) =>
        Edited(ResultLock.Read(LockPath(resultFolder, table)), resultFolder, table).Any(file => file.Name.StartsWith(table + ".csv", StringComparison.Ordinal));

    /// <summary>The lock, and the files beside it, that are not what was written when the lock was made.</summary>
    internal static IReadOnlyList<LockChange> Edited(ResultLock locked, string resultFolder, string table)
    {
        List<LockChange> files = [];
        if (locked.IsEdited)
        {
            files.Add(new LockChange($"{table}.lock.json was edited by hand: its checksum is not that of its content", "", ""));
        }

        foreach (string file in (string[])["outcomes", "csv"])
        {
            string path = Path.Combine(resultFolder, $"{table}.{file}");
            string expected = locked.Body[file]!.GetValue<string>();
            string actual = File.Exists(path) ? ContentHash.OfFile(path).Hex : "";
            if (actual != expected && (file == "outcomes" || actual.Length > 0))
            {
                files.Add(new LockChange($"{table}.{file} is not the file that was locked", expected, actual));
            }
        }

        return files;
    }

    // Per cell that moved or went, the digest of its old values and of all that they came from.
    private static JsonObject OldDigests(ResultLock old, ResultLock now) => new(LockComparison.Of(old, now).Cells
        .Where(cell => cell.Verdict is not (LockVerdict.Holds or LockVerdict.Added))
        .Select(cell => KeyValuePair.Create<string, JsonNode?>(
            cell.Cell,
            CanonicalJson.Hash(new JsonArray(old.Body["cells"]![cell.Cell]!.DeepClone(), old.Provenance?["cells"]?[cell.Cell]?.DeepClone())).Hex)));

    private static void Copy(string stageFolder, string name, string resultFolder, string newName) =>
        Replace(Path.Combine(resultFolder, newName), File.ReadAllBytes(Path.Combine(stageFolder, name)));

    private static void Replace(string path, ResultLock file) => Replace(path, Utf8.GetBytes(file.Write()));

    // A temporary file and a rename; nothing is touched where the bytes are the same.
    private static void Replace(string path, byte[] bytes)
    {
        if (RegularFile.Is(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }
}
