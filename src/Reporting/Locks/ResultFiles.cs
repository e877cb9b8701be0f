using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// The published files of a table: <c>Table1.md</c>, <c>.csv</c>, <c>.svg</c>, <c>.outcomes</c> and <c>.lock.json</c> in <c>results/&lt;profile&gt;</c>.
/// Publishing writes the lock only where none is. The outcomes belong to the lock: where it does not hold they stay as they are.
/// </summary>
public static class ResultFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Publishes the output folder of a table stage and compares it with the lock that stands there (or has just been written).</summary>
    /// <exception cref="UserErrorException">The lock file is no lock.</exception>
    public static LockComparison Publish(string stageFolder, string resultFolder, string table)
    {
        Directory.CreateDirectory(resultFolder);
        string lockPath = Path.Combine(resultFolder, table + ".lock.json");
        bool first = !File.Exists(lockPath);
        if (first || !File.Exists(Path.Combine(resultFolder, table + ".outcomes")))
        {
            Copy(stageFolder, "outcomes", resultFolder, table + ".outcomes");
        }

        if (first)
        {
            Copy(stageFolder, "lock.json", resultFolder, table + ".lock.json");
        }

        Copy(stageFolder, "table.md", resultFolder, table + ".md");
        Copy(stageFolder, "table.csv", resultFolder, table + ".csv");
        Copy(stageFolder, "figure.svg", resultFolder, table + ".svg");
        return Compare(stageFolder, resultFolder, table);
    }

    /// <summary>
    /// Compares without writing. The outcomes and, where it exists, the csv beside the lock must be the ones that it was made with, so that a
    /// swapped or edited file is reported.
    /// </summary>
    public static LockComparison Compare(string stageFolder, string resultFolder, string table)
    {
        JsonObject body = Body(Path.Combine(resultFolder, table + ".lock.json"));
        JsonObject current = Body(Path.Combine(stageFolder, "lock.json"));
        LockComparison comparison = LockComparison.Of(body, current);
        List<LockChange> files = [];
        foreach (string file in (string[])["outcomes", "csv"])
        {
            string path = Path.Combine(resultFolder, $"{table}.{file}");
            string expected = body[file]!.GetValue<string>();
            string actual = File.Exists(path) ? ContentHash.OfFile(path).Hex : "";
            if (actual != expected && (file == "outcomes" || actual.Length > 0))
            {
                files.Add(new LockChange($"{table}.{file} is not the file that was locked", expected, actual));
            }
        }

        Dictionary<string, List<LockChange>> flips = OutcomeChanges.Of(Path.Combine(resultFolder, table + ".outcomes"), Path.Combine(stageFolder, "outcomes"));
        return comparison with
        {
            Cells = [.. comparison.Cells.Select(cell => cell with { Changes = [.. cell.Changes, .. flips.GetValueOrDefault(cell.Cell, [])] })],
            Changes = [.. comparison.Changes, .. files],
        };
    }

    /// <summary>Takes the new result as the locked one, with a reason; the old body's digest joins the history.</summary>
    /// <param name="stageFolder">Output folder of the table stage.</param>
    /// <param name="resultFolder">The folder <c>results/&lt;profile&gt;</c>.</param>
    /// <param name="table">Name of the table.</param>
    /// <param name="reason">Why the change is right; not blank.</param>
    /// <param name="date">The day, from the caller's clock.</param>
    /// <exception cref="UserErrorException">The reason is blank.</exception>
    public static void Accept(string stageFolder, string resultFolder, string table, string reason, DateOnly date)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UserErrorException("A lock is not rewritten without a reason.", "--reason", "Say in a sentence why the new values are right.");
        }

        string lockPath = Path.Combine(resultFolder, table + ".lock.json");
        JsonArray history = [];
        if (File.Exists(lockPath))
        {
            JsonObject old = Read(lockPath);
            history = old["history"]!.DeepClone().AsArray();
            history.Add(new JsonObject
            {
                ["date"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["reason"] = reason.Trim(),
                ["oldBody"] = CanonicalJson.Hash(old["body"]).Hex,
            });
        }

        Directory.CreateDirectory(resultFolder);
        JsonObject file = new() { ["body"] = Body(Path.Combine(stageFolder, "lock.json")).DeepClone(), ["history"] = history };
        Copy(stageFolder, "outcomes", resultFolder, table + ".outcomes");
        Replace(lockPath, Utf8.GetBytes(CanonicalJson.WriteIndented(file)));
        Publish(stageFolder, resultFolder, table);
    }

    private static JsonObject Body(string path) => Read(path)["body"]!.AsObject();

    private static JsonObject Read(string path)
    {
        JsonObject? file = null;
        try
        {
            file = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject;
        }
        catch (JsonException)
        {
            // Reported below, with the same words as a file of another shape.
        }

        return file is not null && file["body"] is JsonObject body && body["cells"] is JsonObject && file["history"] is JsonArray
            ? file
            : throw new UserErrorException("This file is no result lock.", path, "Restore it from git, or delete it to have it written anew.");
    }

    private static void Copy(string stageFolder, string name, string resultFolder, string newName) =>
        Replace(Path.Combine(resultFolder, newName), File.ReadAllBytes(Path.Combine(stageFolder, name)));

    // A temporary file and a rename; nothing is touched where the bytes are the same.
    private static void Replace(string path, byte[] bytes)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }
}
