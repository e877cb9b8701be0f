using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// The grades of one cell, or of some of its seeds, against a lock: right answers, digests of the grades and, by the provenance, of what they
/// were made from. What a cell shares with others (difference, corrected p) needs the whole table and is not looked at.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Cell">The cell's address below the table.</param>
/// <param name="Seeds">The seeds that were made.</param>
/// <param name="Files">(benchmark, seed) to the path of the grades; none where the plan has no such cell.</param>
public sealed record CellGrades(string Table, string Cell, IReadOnlyList<int> Seeds, IReadOnlyDictionary<(string Benchmark, int Seed), string> Files)
{
    /// <summary>The numerics probe under which they were made; null for none.</summary>
    public string? Probe { get; init; }

    /// <summary>See <see cref="TableResult.Provenance"/>.</summary>
    public JsonObject? Provenance { get; init; }

    /// <summary>See <see cref="TableResult.Questions"/>.</summary>
    public Func<string, string, IReadOnlyList<string>?> Questions { get; init; } = (_, _) => null;

    /// <summary>The verdict on the cell.</summary>
    /// <exception cref="UserErrorException">The lock file is no lock.</exception>
    public LockComparison Compare(string resultFolder)
    {
        ResultLock locked = ResultLock.Read(ResultFiles.LockPath(resultFolder, Table));
        (JsonObject? benchmarks, string outcomes) = Read();
        LockComparison comparison = LockComparison.Of(
            Part(locked.Body["probe"], Locked(locked.Body["cells"]![Cell]), locked.Provenance),
            Part(Probe, benchmarks, Provenance));
        string path = Path.Combine(resultFolder, Table + ".outcomes");
        OutcomePairs pairs = OutcomePairs.Of(File.Exists(path) ? TextFiles.ReadStrict(path) : "", outcomes, Questions);
        return comparison with
        {
            Cells = pairs.AddTo(comparison.Cells),
            EditedFiles = ResultFiles.Edited(locked, resultFolder, Table),
        };
    }

    private ResultLock Part(JsonNode? probe, JsonObject? benchmarks, JsonObject? provenance)
    {
        JsonObject body = new() { ["table"] = Table, ["probe"] = probe?.DeepClone(), ["cells"] = new JsonObject() };
        if (benchmarks is not null)
        {
            body["cells"]![Cell] = new JsonObject { ["benchmarks"] = benchmarks };
        }

        JsonObject? part = provenance?.DeepClone().AsObject();
        if (part?["cells"]?[Cell] is JsonObject cell)
        {
            string[] seeds = [.. Seeds.Select(Locks.Provenance.Seed)];
            foreach (string other in cell.Select(entry => entry.Key)
                .Where(key => key.StartsWith("seed", StringComparison.Ordinal) && !seeds.Contains(key)).ToArray())
            {
                cell.Remove(other);
            }
        }

        return new ResultLock(body, part, []);
    }

    // Of the seeds that were asked for; null where the lock has no such cell.
    private JsonObject? Locked(JsonNode? cell)
    {
        if (cell is null)
        {
            return null;
        }

        List<int> seeds = [.. cell["seeds"]!.AsArray().Select(seed => seed!.GetValue<int>())];
        int[] kept = [.. Seeds.Select(seed => seeds.IndexOf(seed)).Where(index => index >= 0)];
        return new JsonObject(cell["benchmarks"]!.AsObject().Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, new JsonObject
        {
            ["n"] = entry.Value!["n"]!.DeepClone(),
            ["right"] = new JsonArray([.. kept.Select(k => entry.Value["right"]![k]!.DeepClone())]),
            ["grades"] = new JsonArray([.. kept.Select(k => entry.Value["grades"]![k]!.DeepClone())]),
        })));
    }

    private (JsonObject? Benchmarks, string Outcomes) Read()
    {
        if (Files.Count == 0)
        {
            return (null, "");
        }

        JsonObject benchmarks = [];
        List<string> lines = [];
        foreach (string benchmark in Files.Keys.Select(file => file.Benchmark).Distinct())
        {
            JsonArray right = [], digests = [];
            IReadOnlyList<string> ids = [];
            foreach (int seed in Seeds)
            {
                string path = Files[(benchmark, seed)];
                RepeatedGrades grades = RepeatedGrades.Read(path, TableRoles.Grades(Cell, benchmark, seed));
                ids = grades.Ids;
                string outcomes = grades.Outcomes;
                right.Add(outcomes.LongCount(outcome => outcome == '1'));
                digests.Add(ContentHash.OfFile(path).Hex);
                lines.Add(FormattableString.Invariant($"{Cell} {benchmark} {seed} {outcomes}"));
            }

            lines.Add(FormattableString.Invariant($"#{benchmark} {ids.Count} {OutcomesFile.Digest(ids)}"));
            benchmarks[benchmark] = new JsonObject { ["n"] = ids.Count, ["right"] = right, ["grades"] = digests };
        }

        return (benchmarks, string.Join('\n', lines));
    }
}
