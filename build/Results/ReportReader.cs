using System.Text.Json.Nodes;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pages;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Planning;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;
using NaturalThoughts.Selection;

namespace NaturalThoughts.Build.Results;

/// <summary>Gathers what a report is made of: locked tables out of results/, and runs, answers and the pool out of the store. Runs nothing.</summary>
internal sealed class ReportReader
{
    /// <summary>What a training writes of its steps.</summary>
    public const string TrainingLog = "training.csv";

    private readonly Session _session;
    private readonly Dictionary<string, Explanation> _explanations;
    private readonly Dictionary<string, RunSummary> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TablePlan> _plans;
    private readonly Dictionary<string, ReportTable> _tables;
    private readonly ILookup<TargetInput, string> _graders;

    /// <param name="session">The plan and the store.</param>
    public ReportReader(Session session)
    {
        _session = session;
        string results = session.Workspace.Results(session.Invocation.Profile);
        _plans = session.Plan.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        _tables = ResultsPlace.Folder(results, "results").Tables.ToDictionary(
            name => name, name => ReportTable.Read(results, name) with { Description = _plans.GetValueOrDefault(name)?.Description ?? "" },
            StringComparer.Ordinal);
        foreach (RunSummary run in session.Store.History.Read())
        {
            _last[run.Address] = run;
        }

        string[] addresses = [.. session.Graph.Closure([.. _tables.Keys.Where(_plans.ContainsKey).Select(name => _plans[name].Address)])];
        _explanations = session.Explainer().Explain(addresses).ToDictionary(item => item.Address, StringComparer.Ordinal);
        _graders = addresses.Where(address => session.Graph[address].StageName == GradeStage.Name)
            .ToLookup(address => session.Graph[address].Inputs[GradeStage.AnswersRole]);
    }

    /// <summary>What the report is made of.</summary>
    public ReportSource Read() => new(_session.Invocation.Profile, [.. _tables.Values], [.. _explanations.Keys.Select(Target)])
    {
        Answers = Answers,
        TargetsOf = (table, cell) => Grades(table, cell) is { Count: > 0 } grades ? _session.Graph.Closure([.. grades.Values]) : [],
        // findings: another table's
        Describe = (table, cell) => _session.Plan.Describe($"{table}/{cell}") is { Length: > 0 } words ? words : _session.Plan.Describe(cell),
        Selected = Selected,
        Trainings = [.. _explanations.Keys
            .Where(address => Output(address, TrainingLog) is not null)
            .Select(address => TrainingCurve.Read(address, File.ReadAllText(Output(address, TrainingLog)!)))
            .OfType<TrainingCurve>()],
        Pool = Pool(),
    };

    private ReportTarget Target(string address)
    {
        Explanation item = _explanations[address];
        RunSummary? last = _last.GetValueOrDefault(address);
        RunRecord? record = item.Record ?? (last is null ? null : _session.Store.FindRun(last.Key));
        Target target = _session.Graph[address];
        return new ReportTarget(address, target.StageName, item.Verdict == RunVerdict.Hit ? "cached" : record is null ? "missing" : "stale", item.Reason)
        {
            Inputs =
            [
                .. target.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal)
                    .Select(input => (input.Key, input.Value.TargetAddress, input.Value.File)),
            ],
            Run = record is null ? null : new ReportRun(record.Key.Hex, record.Started, record.Duration, record.Document["parameters"])
            {
                Outputs = [.. record.Outputs.Select(output => (output.Key, output.Value.Digest.Hex, output.Value.Size))],
                Counts = [.. record.Result.Counts],
                Warnings = record.Result.Warnings,
                Circumstances = record.Circumstances,
            },
        };
    }

    // (benchmark, seed) to the target of the grades; empty for a table or row that the plan has no more.
    private Dictionary<(string Benchmark, int Seed), string> Grades(string table, string cell)
    {
        if (!_plans.TryGetValue(table, out TablePlan? plan))
        {
            return [];
        }

        TableCells cells = new(_session.Graph[plan.Address]);
        return cells.Seeds.TryGetValue(cell, out IReadOnlyList<int>? seeds)
            ? cells.BenchmarksOf(cell).SelectMany(benchmark => seeds.Select(seed => (benchmark, seed)))
                .ToDictionary(key => key, key => cells.Grades(cell, key.benchmark, key.seed))
            : [];
    }

    private (ReportAnswers? Answers, string Missing) Answers(string table, string cell, string benchmark)
    {
        Dictionary<(string, int), string> grades = Grades(table, cell);
        int[] seeds = [.. grades.Keys.Where(key => key.Item1 == benchmark).Select(key => key.Item2)];
        if (seeds.Length == 0)
        {
            return (null, "the experiments have no such row any more.");
        }

        List<ReportAnswerSet> sets = [];
        foreach (int seed in seeds)
        {
            string address = grades[(benchmark, seed)];
            if (_explanations[address].Record?.Outputs.GetValueOrDefault(GradeStage.Output) is not { } file || _session.Store.Find(file) is null)
            {
                return (null, $"this store has none. ./build.sh --target={table} --profile={_session.Invocation.Profile} makes them.");
            }

            if (_tables[table].Grades(cell, benchmark, seed) is { } locked && locked != file.Digest.Hex)
            {
                return (null,
                    $"those of this store are not the locked ones (grades {file.Digest.Short} in place of {locked[..12]}). ./build.sh --target=Verify "
                    + $"{table}/{cell} --profile={_session.Invocation.Profile} says more.");
            }

            IReadOnlyList<string> repeats = GradeTargets.Repeats(_session.Graph, address);
            for (int k = 0; k < repeats.Count; k++)
            {
                if (Set(seed, k + 1, repeats[k]) is not { } set)
                {
                    return (null, $"the store has lost some of them. ./build.sh --target=Doctor says which.");
                }

                sets.Add(set);
            }
        }

        string first = grades[(benchmark, seeds[0])];
        bool hidden = Confidential.Is(_session.Graph, first, sets.SelectMany(set => set.Questions));
        return (new ReportAnswers(table, cell, benchmark, sets) { IsConfidential = hidden }, "");
    }

    private ReportAnswerSet? Set(int seed, int repeat, string grade)
    {
        TargetInput questions = _session.Graph[grade].Inputs[GradeStage.QuestionsRole];
        if (Output(questions.TargetAddress, questions.File!) is not { } path)
        {
            return null;
        }

        // The table's own protocol first; others where they graded the same answers.
        string[] graders = [grade, .. _graders[_session.Graph[grade].Inputs[GradeStage.AnswersRole]].Where(other => other != grade)];
        (string, string, IReadOnlyList<Grade>)[] by = [.. graders
            .Select(address => (Address: address, Path: Output(address, GradeStage.Output)))
            .Where(item => item.Path is not null)
            .Select(item =>
                (_session.Graph[item.Address].Parameters["protocol"]?.ToString()
                    ?? item.Address, item.Address, (IReadOnlyList<Grade>)JsonLines.Read<Grade>(item.Path!)))];
        return by.Length > 0 && by[0].Item2 == grade ? new ReportAnswerSet(seed, repeat, JsonLines.Read<Question>(path), by) : null;
    }

    private IReadOnlyList<string>? Selected(string table, string cell)
    {
        Dictionary<(string Benchmark, int Seed), string> grades = Grades(table, cell);
        if (grades.Count == 0)
        {
            return null;
        }

        string[] selections = [.. _session.Graph.Closure([grades.First().Value]).Where(address => _session.Graph[address].StageName == SelectStage.Name)];
        return selections is [var only] && Output(only, SelectStage.Output) is { } path
            ? [.. JsonLines.Read<Selected>(path).Select(row => row.QuestionId)]
            : null;
    }

    private ReportPool? Pool()
    {
        if (First(SignalsStage.Name, SignalsStage.Output) is not ({ } signals, { } path))
        {
            return null;
        }

        ReportPool pool = new(
            signals, [.. JsonLines.Read<QuestionSignals>(path).Select(row => new PoolQuestion(row.Domain, row.Strategies, row.Verbosity, row.Tokens))]);
        if (pool.Rows.Count == 0)
        {
            return null;
        }

        if (First(ClusterStage.Name, ClusterStage.Output) is ({ } cluster, { } clusters)
            && _session.Graph[cluster].Inputs[ClusterStage.EmbeddingsRole] is { } vectors && Output(vectors.TargetAddress, vectors.File!) is { } embeddings)
        {
            return pool with { Map = (cluster, JsonLines.Read<Embedding>(embeddings), JsonLines.Read<ClusterAssignment>(clusters)) };
        }

        return pool;
    }

    private (string? Address, string? Path) First(string stage, string file) => _explanations.Keys
        .Where(address => _session.Graph[address].StageName == stage)
        .Select(address => (address, Output(address, file)))
        .FirstOrDefault(found => found.Item2 is not null);

    // The path of an output of what is cached; null where it is not, or the file is gone.
    private string? Output(string address, string file) =>
        _explanations.GetValueOrDefault(address)?.Record?.Outputs.GetValueOrDefault(file) is { } output ? _session.Store.Find(output) : null;
}
