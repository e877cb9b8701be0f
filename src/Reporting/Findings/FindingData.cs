using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Findings;

/// <summary>The answers behind findings as tables [question, replicate], read once for each measure.</summary>
/// <param name="context">Where the grades are.</param>
/// <param name="options">The findings and their cells.</param>
/// <param name="scores">The cells' grades.</param>
internal sealed class FindingData(StageContext context, FindingsOptions options, IReadOnlyList<CellScores> scores)
{
    private static readonly SumTest NoLine = new(
        new CrossedContrast(double.NaN, double.NaN, double.NaN, Degeneracy.NoVariation), "the ends' tokens are too near each other");

    private readonly Dictionary<(string, string, string), double[,]> _values = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _levels = new(StringComparer.Ordinal);

    /// <summary>The finding with its choice made, its test, and the replicates of its terms.</summary>
    public (Finding Finding, IFindingTest Test, IReadOnlyList<int> Replicates) Test(Finding declared)
    {
        Finding finding = declared.Best is { } best ? Choose(declared, best) : declared;
        ContrastTerm[] terms = [.. finding.Terms.Select(term => Term(finding, term))];
        IFindingTest test = finding.As switch
        {
            FindingForm.Ratio => new RatioTest(terms[0], terms[1]),
            FindingForm.Chord => ChordContrast.Of(terms, [.. finding.Terms.Select(term => Term(finding with { Measure = FindingMeasure.Tokens }, term))])
                is { } chord ? new SumTest(chord) : NoLine,
            _ => new SumTest(CrossedContrast.Of(terms)),
        };
        return (finding, test, [.. terms.Select(term => term.Verdicts[0].GetLength(1))]);
    }

    private ContrastTerm Term(Finding finding, FindingTerm term)
    {
        TableCell cell = Cell(term.Cell);
        TrainingNoise? noise = finding.As == FindingForm.Chord ? null : Noise(finding, cell); // a chord's values have tokens in them
        return new ContrastTerm(term.Weight, Tables(finding, cell), noise, options.Students.GetValueOrDefault(cell.Address));
    }

    private TableCell Cell(string address) => options.Cells.First(cell => cell.Address == address);

    // The finding with the chosen cell in its contrast.
    private Finding Choose(Finding finding, FindingChoice best)
    {
        Finding asked = finding with { Seeds = best.Seeds, Best = null };
        string chosen = best.Of.MaxBy(cell => new ContrastTerm(1, Tables(asked, Cell(cell))).Mean)!;
        return finding with
        {
            Best = best with { Chosen = chosen },
            Terms = [.. finding.Terms.Select(term => term.Cell == FindingChoice.Term ? term with { Cell = chosen } : term)],
        };
    }

    // Students of one pool are trained alike; one that is in several tables counts once.
    private TrainingNoise? Noise(Finding finding, TableCell cell)
    {
        HashSet<ContentHash> seen = [];
        List<TrainingNoise?> students = [];
        foreach (TableCell other in options.Cells
            .Where(other => NoisePools.Name(other) == NoisePools.Name(cell) && finding.Strata.All(stratum => Find(other, stratum.Benchmark) is not null))
            .OrderByDescending(other => other.Seeds.Count))
        {
            IReadOnlyList<ContentHash> digests = Scores(other, finding.Strata[0].Benchmark).Digests;
            if (!digests.Any(seen.Contains))
            {
                students.Add(TrainingNoise.Of(Tables(finding with { Seeds = [], Best = null }, other)));
            }

            seen.UnionWith(digests);
        }

        return TrainingNoise.Pool(students);
    }

    // The endpoint is the mean over the strata's tables, each multiplied so that this mean is the weighted sum.
    private double[][,] Tables(Finding finding, TableCell cell)
    {
        int[] columns = [.. Enumerable.Range(0, cell.Seeds.Count).Where(k => finding.Counts(cell.Seeds[k]))];
        return [.. finding.Strata.Select(stratum => Part(finding, Values(finding.Measure, cell, stratum.Benchmark), columns, stratum))];
    }

    private double[,] Part(Finding finding, double[,] values, int[] columns, FindingStratum stratum)
    {
        int questions = values.GetLength(0);
        double scale = stratum.Weight * finding.Strata.Count * FindingMeasure.Scale(finding.Measure);
        double[,] part = new double[questions, columns.Length];
        for (int q = 0; q < questions; q++)
        {
            for (int k = 0; k < columns.Length; k++)
            {
                part[q, k] = scale * values[q, columns[k]];
            }
        }

        if (finding.PlusLevels.Count == 0)
        {
            return part;
        }

        IReadOnlyDictionary<string, string> levels = Levels(stratum.Benchmark);
        IReadOnlyList<string> ids = scores.First(score => score.Benchmark.Name == stratum.Benchmark).Questions;
        int[] groups =
        [
            .. ids.Select(id =>
                levels.GetValueOrDefault(id, "") is var level && finding.PlusLevels.Contains(level) ? 1 : finding.MinusLevels.Contains(level) ? -1 : 0),
        ];
        string known = string.Join(", ", ids.Select(id => levels.GetValueOrDefault(id, "")).CountBy(level => level)
            .OrderBy(level => level.Key, StringComparer.Ordinal)
            .Select(level => FormattableString.Invariant($"{(level.Key.Length == 0 ? "none" : level.Key)} ({level.Value})")));
        return LevelContrast.Of(part, groups, finding.Id, stratum.Benchmark, $"Its levels, with their questions: {known}.");
    }

    private double[,] Values(string measure, TableCell cell, string benchmark)
    {
        if (_values.TryGetValue((measure, cell.Address, benchmark), out double[,]? known))
        {
            return known;
        }

        CellScores score = Scores(cell, benchmark);
        return _values[(measure, cell.Address, benchmark)] = measure == FindingMeasure.Accuracy ? score.Strata[0] : Read(measure, cell, benchmark, score.N);
    }

    private double[,] Read(string measure, TableCell cell, string benchmark, int questions)
    {
        double[,] values = new double[questions, cell.Seeds.Count];
        for (int k = 0; k < cell.Seeds.Count; k++)
        {
            string role = TableRoles.Grades(cell.Address, benchmark, cell.Seeds[k]);
            RepeatedGrades grades = RepeatedGrades.Read(context.Input(role), role);
            foreach (IReadOnlyList<Grade> repeat in grades.Repeats)
            {
                for (int q = 0; q < questions; q++)
                {
                    values[q, k] += (measure == FindingMeasure.Tokens ? repeat[q].Tokens : SpokenReasoning.IsIn(repeat[q].Output) ? 1 : 0)
                        / (double)grades.Repeats.Count;
                }
            }
        }

        return values;
    }

    private IReadOnlyDictionary<string, string> Levels(string benchmark)
    {
        if (!_levels.TryGetValue(benchmark, out IReadOnlyDictionary<string, string>? levels))
        {
            TableCell first = scores.First(score => score.Benchmark.Name == benchmark).Cell;
            levels = _levels[benchmark] = JsonLines.Read<Question>(context.Input(TableRoles.Questions(first.Address, benchmark, first.Seeds[0])))
                .ToDictionary(question => question.Id, question => question.Meta.GetValueOrDefault("level", ""), StringComparer.Ordinal);
        }

        return levels;
    }

    private CellScores Scores(TableCell cell, string benchmark) => Find(cell, benchmark)!;

    private CellScores? Find(TableCell cell, string benchmark) =>
        scores.FirstOrDefault(score => score.Cell.Address == cell.Address && score.Benchmark.Name == benchmark);
}
