using System.Text.Json;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Build.Results;

/// <summary>The cells of a table as its last target binds them.</summary>
internal sealed class TableCells
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly Target _target;
    private readonly TableOptions _options;

    /// <param name="target">The table's last target.</param>
    public TableCells(Target target)
    {
        _target = target;
        _options = target.Parameters.Deserialize<TableOptions>(Web)!;
    }

    /// <summary>The numerics probe that the table names; null where nothing of it was computed on tensors.</summary>
    public string? Probe => _options.Probe;

    /// <summary>The benchmarks' names, in the order of the columns.</summary>
    public IReadOnlyList<string> Benchmarks => [.. _options.Benchmarks.Select(benchmark => benchmark.Name)];

    /// <summary>The benchmarks that a cell answers, in that order: of findings not each cell answers all.</summary>
    public IReadOnlyList<string> BenchmarksOf(string cell) =>
        [.. Benchmarks.Where(benchmark => _target.Inputs.ContainsKey(TableRoles.Grades(cell, benchmark, Seeds[cell][0])))];

    /// <summary>Cell addresses with their seeds, in the order of the rows.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Seeds =>
        _options.Cells.ToDictionary(cell => cell.Address, cell => cell.Seeds, StringComparer.Ordinal);

    /// <summary>The training examples of a cell; null for one without.</summary>
    public int? Size(string cell) => Find(cell).Size;

    /// <summary>What cells of several sizes have in common: method and mix.</summary>
    public (string? Method, string? Mix) Row(string cell) => (Find(cell).Method, Find(cell).Mix);

    /// <summary>The target that makes a cell's grades.</summary>
    public string Grades(string cell, string benchmark, int seed) => _target.Inputs[TableRoles.Grades(cell, benchmark, seed)].TargetAddress;

    private TableCell Find(string cell) => _options.Cells.First(other => other.Address == cell);
}
