using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Experiments;

/// <summary>A table: which students it compares on which benchmarks. One YAML file in experiments/tables.</summary>
public sealed record TableSettings
{
    /// <summary>The name, equal to that of the file; the first part of every address.</summary>
    public required string Name { get; init; }

    /// <summary>The YAML that declares it, below the folder of the experiments.</summary>
    public string File { get; init; } = "";

    /// <summary>One of <see cref="TableKind.Known"/>.</summary>
    public string Kind { get; init; } = TableKind.Table;

    /// <summary>True when only the questions count that all rows answer in the same wording.</summary>
    public bool CommonQuestions { get; init; }

    /// <summary>The signals of a table of proxies; null for other kinds.</summary>
    public ProxySettings? Proxies { get; init; }

    /// <summary>The protocols of a table of protocols; none for other kinds.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>The heading of the table's page.</summary>
    public required string Title { get; init; }

    /// <summary>What the table asks, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The row that others are compared with at the same size and mix.</summary>
    public required string Baseline { get; init; }

    /// <summary>Names the primary family of comparisons; null for a table that names none.</summary>
    public string? Family { get; init; }

    /// <summary>True where it is the family of the methods over all sizes.</summary>
    public bool FamilyOverSizes { get; init; }

    /// <summary>Class of the lock: <c>exact</c>, <c>pinned</c> or <c>statistical</c>.</summary>
    public required string Class { get; init; }

    /// <summary>The columns' benchmarks.</summary>
    public required IReadOnlyList<BenchmarkSettings> Benchmarks { get; init; }

    /// <summary>The questions of each benchmark that count; null for all.</summary>
    public KeepQuestionsOptions? Only { get; init; }

    /// <summary>Seeds of the replicates.</summary>
    public required IReadOnlyList<int> Replicates { get; init; }

    /// <summary>What to print beside the accuracies.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>True where the table prints what needs answers repeat by repeat.</summary>
    public bool HasMeasures => Columns.Any(TableColumns.IsMeasure);

    /// <summary>True where the table asks in every phrasing of a benchmark's prompt.</summary>
    public bool HasPhrasings => Columns.Contains(TableColumns.Phrasings);

    /// <summary>True where the table compares modes of thinking.</summary>
    public bool HasModes => Columns.Contains(TableColumns.Modes);

    /// <summary>Share of training examples, in [0, 1], that do not say whether to think; null for the profile's.</summary>
    public double? InstructionDropout { get; init; }

    /// <summary>The rows, each a student with its replicates.</summary>
    public required IReadOnlyList<CellSettings> Cells { get; init; }

    /// <summary>Sentences below the caption.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Published figures for direction; null for none.</summary>
    public TableReference? Paper { get; init; }
}
