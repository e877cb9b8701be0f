using NaturalThoughts.Experiments.Costs;
using NaturalThoughts.Experiments.DeclaredFindings;
using NaturalThoughts.Experiments.Planning;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Slurm;

namespace NaturalThoughts.Experiments;

/// <summary>All targets of a profile.</summary>
public sealed class ExperimentPlan
{
    private static readonly Dictionary<string, string> SharedDescriptions = new(StringComparer.Ordinal)
    {
        ["benchmarks"] = "the questions of benchmarks out of files",
        ["data"] = "the records that students are trained on, where they are not the world's",
        ["world"] = "the embedded world: pool, teacher, second model, annotator, benchmarks, corpus, tokenizer",
        ["base"] = "the base student, its embeddings of the pool and their clusters",
        ["prompts"] = "the prompts of every benchmark and mode",
    };

    private readonly Dictionary<string, string> _descriptions;

    internal ExperimentPlan(ExperimentSet experiments, TargetGraph graph)
    {
        Profile = experiments.Profile.Name;
        Budget = experiments.Profile.Budget;
        Cluster = experiments.Profile.Cluster;
        Serve = experiments.Profile.Serve;
        Costs = experiments.Profile.Costs;
        CostModel = CostModel.Of(experiments.Profile, graph);
        Graph = graph;
        TablePlan[] findings = experiments.Findings is { } declared
            ? [new TablePlan(FindingsSettings.Name, FindingsTarget.Address, declared.Description, declared.File)]
            : [];
        Tables =
        [
            .. experiments.Tables.Select(table => new TablePlan(table.Name, Planner.AddressOf(table), table.Description, table.File)).Concat(findings)
                .OrderBy(table => table.Name, StringComparer.Ordinal),
        ];
        _descriptions = new(SharedDescriptions, StringComparer.Ordinal);
        if (experiments.Findings is { } title)
        {
            _descriptions[FindingsSettings.Name] = title.Title;
        }

        foreach (TableSettings table in experiments.Tables)
        {
            _descriptions[table.Name] = table.Title;
            foreach (CellSettings cell in table.Cells)
            {
                _descriptions[$"{table.Name}/{cell.Address}"] = Words(cell);
            }
        }
    }

    /// <summary>The profile's name.</summary>
    public string Profile { get; }

    /// <summary>What a table's targets may cost.</summary>
    public TokenBudget Budget { get; }

    /// <summary>What jobs of the plan request from a cluster.</summary>
    public SlurmSettings Cluster { get; }

    /// <summary>Models that a run serves to itself; null for none.</summary>
    public ServeSettings? Serve { get; }

    /// <summary>What a dry run predicts with; null for no prediction.</summary>
    public CostSettings? Costs { get; }

    /// <summary>What targets will likely take; null where the profile says too little for it.</summary>
    public CostModel? CostModel { get; }

    /// <summary>The targets with their dependencies.</summary>
    public TargetGraph Graph { get; }

    /// <summary>The tables, in ordinal order.</summary>
    public IReadOnlyList<TablePlan> Tables { get; }

    /// <summary>One line on a table, a cell (<c>Table1/Random/1000/System2</c>) or a group of shared targets; empty for anything else.</summary>
    public string Describe(string name) => _descriptions.GetValueOrDefault(name, "");

    private static string Words(CellSettings cell) => cell.Recorded is not null ? "answers that somebody's model gave"
        : cell.Endpoint is { } endpoint ? $"{endpoint["endpoint"]!["model"]} behind an endpoint, asked in mode {cell.Mode}"
        : cell.Method is null ? $"the base student, asked in mode {cell.Mode}"
        : FormattableString.Invariant($"{cell.Size} questions by {cell.Method.Name}")
            + string.Concat(cell.Variant.Changes.Select(change => ", " + change))
            + (cell.SeedOffset > 0 ? FormattableString.Invariant($", seeds + {cell.SeedOffset}") : "")
            + $", mix {cell.Mix}, asked in mode {cell.Mode}";
}
