using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Tests;

/// <summary>A table of five cells, two benchmarks and three seeds, drawn from a seed, run through the stage in a temporary folder.</summary>
internal sealed class SyntheticTable : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly string _root = Directory.CreateTempSubdirectory("reporting").FullName;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private int _runs;

    public SyntheticTable()
    {
        Draw("base", 0.2, 0, 30);
        foreach (int size in (int[])[250, 1000])
        {
            Draw($"Random/{size}/System2", size == 250 ? 0.35 : 0.5, 0, 80);
            Draw($"ModelsDisagree/{size}/System2", size == 250 ? 0.35 : 0.85, 0, 90);
        }
    }

    public TableOptions Options { get; set; } = new()
    {
        Name = "Table1",
        Profile = "smoke",
        Title = "a synthetic table",
        Probe = ContentHash.OfText("probe").Hex,
        Benchmarks = [new TableBenchmark("hard", 4), new TableBenchmark("free")],
        Cells =
        [
            new TableCell { Address = "base", Seeds = [1, 2, 3] },
            Cell("Random", 250),
            Cell("ModelsDisagree", 250),
            Cell("Random", 1000),
            Cell("ModelsDisagree", 1000),
        ],
        Paper = new TableReference("The paper's own figures", ["GPQA-D", "MATH-500"], [new TableReferenceRow("NT Random 1k", ["37.1", null])]),
        Notes = ["Drawn from a seed."],
    };

    public static TableCell Cell(string method, int size) =>
        new() { Address = $"{method}/{size}/System2", Method = method, Size = size, Mix = "System2", Seeds = [1, 2, 3] };

    /// <summary>Runs the stage into a fresh folder.</summary>
    public string Run() => Run(out _);

    public string Run(out StageResult result)
    {
        string output = Directory.CreateDirectory(Path.Combine(_root, $"out{_runs++}")).FullName;
        result = new TableStage().Run(new StageContext
        {
            Parameters = JsonSerializer.SerializeToNode(Options, Web)!.AsObject(),
            Inputs = _inputs,
            OutputFolder = output,
        });
        return output;
    }

    /// <summary>What the stage makes, with a provenance in which every digest is one of its place.</summary>
    public TableResult Result() => new(Options.Name, Run()) { Provenance = Provenance() };

    public string Text(string name) => File.ReadAllText(Path.Combine(Run(), name));

    public string Folder(string name) => Path.Combine(_root, name);

    public string PathOf(string cell, string benchmark, int seed) => _inputs[TableRoles.Grades(cell, benchmark, seed)];

    public List<Grade> Grades(string cell, string benchmark, int seed) => JsonLines.Read<Grade>(_inputs[TableRoles.Grades(cell, benchmark, seed)]);

    public void Bind(string role, string file, string content)
    {
        File.WriteAllText(_inputs[role] = Path.Combine(_root, file), content);
    }

    public void Bind(string cell, string benchmark, int seed, IEnumerable<Grade> grades)
    {
        string role = TableRoles.Grades(cell, benchmark, seed);
        string path = Path.Combine(_root, role.Replace('/', '_') + ".jsonl");
        JsonLines.Write(path, grades);
        _inputs[role] = path;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private JsonObject Provenance()
    {
        JsonObject cells = [];
        foreach (TableCell cell in Options.Cells)
        {
            JsonObject entry = new() { ["class"] = "pinned" };
            foreach (int seed in cell.Seeds)
            {
                string Digest(string step) => ContentHash.OfText($"{cell.Address} {seed} {step}").Hex;
                entry[$"seed{seed}"] = new JsonObject
                {
                    ["selection"] = Digest("selection"),
                    ["training"] = Digest("training"),
                    ["weights"] = Digest("weights"),
                    ["answers"] = new JsonObject { ["hard"] = Digest("hard"), ["free"] = Digest("free") },
                };
            }

            cells[cell.Address] = entry;
        }

        return new JsonObject
        {
            ["cells"] = cells,
            ["code"] = new JsonObject { ["grade"] = ContentHash.OfText("code").Hex },
            ["numerics"] = new JsonObject { ["device"] = "cpu" },
            ["packages"] = new JsonObject { ["Some.Package"] = "1.0.0" },
        };
    }

    /// <summary>Draws the grades of a cell, for seeds 1 to 3 where none are given.</summary>
    public void Draw(string cell, double skill, double spread, int tokens, int[]? seeds = null)
    {
        foreach (string benchmark in (string[])["hard", "free"])
        {
            foreach (int seed in seeds ?? [1, 2, 3])
            {
                Bind(cell, benchmark, seed, Enumerable.Range(0, 60).Select(i =>
                {
                    string id = $"{benchmark}-{i}";
                    double luck = (0.5 * SeededRandom.DrawDouble("question", id)) + (0.5 * SeededRandom.DrawDouble(cell, id, $"{seed}")) + spread;
                    bool unparsed = SeededRandom.DrawDouble("unparsed", cell, id, $"{seed}") < 0.05;
                    return new Grade(id, "p", "o", unparsed ? null : "x", !unparsed && luck < skill, tokens + (i % 7), i == 3);
                }));
            }
        }
    }
}
