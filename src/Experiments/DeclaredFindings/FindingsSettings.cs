using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>The findings of a profile, declared before the run that tests them. One YAML file beside the folders of experiments.</summary>
public sealed record FindingsSettings
{
    /// <summary>What the target and its files in results are called.</summary>
    public const string Name = "Findings";

    /// <summary>The file: <c>findings.yaml</c> or <c>findings.smoke.yaml</c>.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's bytes.</summary>
    public required ContentHash Declaration { get; init; }

    /// <summary>The heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>What the findings ask, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Class of the lock: <c>exact</c>, <c>pinned</c> or <c>statistical</c>.</summary>
    public required string Class { get; init; }

    /// <summary>The error that a family may make.</summary>
    public required double Level { get; init; }

    /// <summary>Positive controls, then findings, in the order of the file.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The cells that they name, each once, with its table.</summary>
    public required IReadOnlyList<(TableSettings Table, CellSettings Cell)> Cells { get; init; }

    /// <summary>The benchmarks that they name, in the order of the profile.</summary>
    public required IReadOnlyList<BenchmarkSettings> Benchmarks { get; init; }

    /// <summary>The benchmarks on which a cell is looked at, in the order of the profile.</summary>
    /// <param name="cell">Its address with its table.</param>
    public IReadOnlyList<BenchmarkSettings> BenchmarksOf(string cell)
    {
        HashSet<string> names =
        [
            .. Findings.Where(finding => finding.Cells.Contains(cell)).SelectMany(finding => finding.Strata)
                .Select(stratum => stratum.Benchmark),
        ];
        return [.. Benchmarks.Where(benchmark => names.Contains(benchmark.Name))];
    }

    /// <summary>Sentences below the caption.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
