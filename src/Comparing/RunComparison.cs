using NaturalThoughts.Contracts;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Sources.Runs;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Comparing;

/// <summary>Runs on the same questions, compared with the first of them: benchmark by benchmark, paired by question and repeat.</summary>
/// <param name="Runs">The runs, in order.</param>
/// <param name="Benchmarks">What all of them answered.</param>
/// <param name="Notes">What a reader must know of the runs as a whole, in sentences.</param>
public sealed record RunComparison(IReadOnlyList<RecordedRun> Runs, IReadOnlyList<BenchmarkComparison> Benchmarks, IReadOnlyList<string> Notes)
{
    /// <summary>Number of tests over which p-values are corrected.</summary>
    public int Tests => Benchmarks.Sum(benchmark => benchmark.Comparisons.Count(comparison => comparison.Test.P is not null));

    /// <summary>Compares two or more runs.</summary>
    /// <param name="runs">The runs; each is compared with the first.</param>
    /// <param name="options">What is compared, and how strictly.</param>
    /// <exception cref="UserErrorException">
    /// Nothing is common to them, an answer has no verdict by the metric, or, without <see cref="CompareOptions.Common"/>, they differ in
    /// benchmarks, questions or repeats: all of it at once.
    /// </exception>
    public static RunComparison Of(IReadOnlyList<RecordedRun> runs, CompareOptions options)
    {
        List<string> notes = [.. Duplicates(runs)];
        List<UserError> errors = [];
        runs = Named(runs, options.Benchmarks, errors);
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }

        List<BenchmarkComparison> benchmarks = [];
        foreach (RunTask[] tasks in Tasks(runs, options, notes, errors))
        {
            if (BenchmarkPairing.Of(runs, tasks, options, errors) is { } pairing)
            {
                benchmarks.Add(pairing.Compare());
            }
        }

        return errors.Count > 0 ? throw new UserErrorException(errors) : Corrected(new RunComparison(runs, benchmarks, notes));
    }

    private static IReadOnlyList<RecordedRun> Named(IReadOnlyList<RecordedRun> runs, IReadOnlyList<string> benchmarks, List<UserError> errors)
    {
        foreach (RecordedRun run in runs)
        {
            string[] known = [.. run.Tasks.Select(task => task.Name)];
            errors.AddRange(benchmarks.Except(known).Select(name => new UserError(
                $"{run.Label} has no benchmark '{Quoted.Of(name)}': it has {Quoted.List(known)}.",
                "--benchmark",
                NearestName.Find(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Name benchmarks that all runs have, separated by commas.")));
        }

        return benchmarks.Count == 0 ? runs : [.. runs.Select(run => run with { Tasks = [.. run.Tasks.Where(task => benchmarks.Contains(task.Name))] })];
    }

    private static IEnumerable<string> Duplicates(IReadOnlyList<RecordedRun> runs) =>
        from i in Enumerable.Range(0, runs.Count)
        from j in Enumerable.Range(i + 1, runs.Count - i - 1)
        where runs[i].Origin == runs[j].Origin || (runs[i].Model is not null && runs[i].Model == runs[j].Model)
        select $"{runs[i].Label} and {runs[j].Label} are {(runs[i].Origin == runs[j].Origin ? "the same" : "both of the model " + Quoted.Of(runs[i].Model))}.";

    // A benchmark of all runs, as each of them calls it.
    private static List<RunTask[]> Tasks(IReadOnlyList<RecordedRun> runs, CompareOptions options, List<string> notes, List<UserError> errors)
    {
        if (runs.All(run => run.Tasks.Count == 1))
        {
            RunTask[] only = [.. runs.Select(run => run.Tasks[0])];
            string[] names = [.. only.Select(task => task.Name).Distinct()];
            if (names.Length > 1)
            {
                notes.Add(
                    $"Each run has one benchmark, which they call differently: {string.Join(", ", runs.Select(run => $"{run.Tasks[0].Name} ({run.Label})"))}.");
            }

            return [only];
        }

        List<RunTask[]> all = [];
        foreach (string name in runs.SelectMany(run => run.Tasks).Select(task => task.Name).Distinct().Order(StringComparer.Ordinal))
        {
            RunTask?[] found = [.. runs.Select(run => run.Tasks.FirstOrDefault(task => task.Name == name))];
            if (found.All(task => task is not null))
            {
                all.Add(found!);
                continue;
            }

            string said = $"The benchmark '{Quoted.Of(name)}' is not in {string.Join(", ", runs.Where((_, i) => found[i] is null).Select(run => run.Label))}";
            if (options.Common)
            {
                notes.Add(said + ": left out.");
            }
            else
            {
                errors.Add(new UserError(said + ".", name, "Add --common to compare the benchmarks that all runs have."));
            }
        }

        if (all.Count == 0)
        {
            errors.Clear();
            errors.Add(new UserError(
                "No benchmark is in all runs: "
                + $"{string.Join("; ", runs.Select(run => $"{run.Label} has {Quoted.List([.. run.Tasks.Select(task => task.Name)])}"))}.",
                "Compare",
                "Where two names mean the same, give the files of that benchmark alone: runs with one benchmark each are compared whatever it is called."));
        }

        return all;
    }

    private static RunComparison Corrected(RunComparison comparison)
    {
        double[] adjusted = MultipleTesting.Holm(
            [.. comparison.Benchmarks.SelectMany(benchmark => benchmark.Comparisons).Select(pair => pair.Test.P).OfType<double>()]);
        double level = DetectableEffect.Level / Math.Max(1, adjusted.Length);
        int next = 0;
        return comparison with
        {
            Benchmarks =
            [
                .. comparison.Benchmarks.Select(benchmark => benchmark with
                {
                    Comparisons =
                    [
                        .. benchmark.Comparisons.Select(pair => pair with
                        {
                            HolmP = pair.Test.P is null ? null : adjusted[next++],
                            DetectableAmongAll = pair.Test.Detectable(level),
                        }),
                    ],
                }),
            ],
        };
    }
}
