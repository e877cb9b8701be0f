using NaturalThoughts.Contracts;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Reads the grades of every cell, benchmark and seed, and holds them to the same questions.</summary>
internal static class GradeFiles
{
    /// <summary>All scores, cell by cell in the order of the table, benchmark by benchmark.</summary>
    /// <exception cref="UserErrorException">Two files of a benchmark grade different questions, or one grades a question twice.</exception>
    /// <param name="context">Where the grades are.</param>
    /// <param name="options">The table.</param>
    /// <param name="answers">Whether a cell answers a benchmark; null where each answers all.</param>
    public static List<CellScores> Read(StageContext context, TableOptions options, Func<TableCell, TableBenchmark, bool>? answers = null)
    {
        List<CellScores> scores = [];
        Dictionary<string, (IReadOnlyList<string> Ids, string Path)> questions = new(StringComparer.Ordinal);
        foreach (TableCell cell in options.Cells)
        {
            foreach (TableBenchmark benchmark in options.Benchmarks.Where(benchmark => answers?.Invoke(cell, benchmark) != false))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                scores.Add(Read(context, cell, benchmark, questions));
                context.Progress?.Report(new StageProgress(scores.Count, options.Cells.Count * options.Benchmarks.Count, "cells"));
            }
        }

        return scores;
    }

    private static CellScores Read(
        StageContext context, TableCell cell, TableBenchmark benchmark, Dictionary<string, (IReadOnlyList<string> Ids, string Path)> questions)
    {
        List<string> outcomes = [];
        List<ContentHash> digests = [];
        List<Dictionary<int, double>> drawn = [];
        long tokens = 0, truncated = 0;
        foreach (int seed in cell.Seeds)
        {
            string role = TableRoles.Grades(cell.Address, benchmark.Name, seed);
            string path = context.Input(role);
            RepeatedGrades grades = RepeatedGrades.Read(path, role);
            IReadOnlyList<string> ids = grades.Ids;
            if (!questions.TryAdd(benchmark.Name, (ids, role)) && !ids.SequenceEqual(questions[benchmark.Name].Ids, StringComparer.Ordinal))
            {
                throw new UserErrorException(
                    $"The grades '{role}' are of other questions than '{questions[benchmark.Name].Path}'.",
                    path,
                    "A comparison needs the same questions in every cell of a benchmark.");
            }

            outcomes.Add(grades.Outcomes);
            if (outcomes[^1].Length != outcomes[0].Length)
            {
                throw new UserErrorException(
                    $"The grades '{role}' have another number of answers to each question than those of other replicates.", path,
                    "Every replicate answers equally often.");
            }

            digests.Add(ContentHash.OfFile(path));
            drawn.Add(grades.Repeats.SelectMany(repeat => repeat).Select((grade, place) => (grade, place)).Where(item => item.grade.Credit is not null)
                .ToDictionary(item => item.place, item => item.grade.Credit!.Value));
            tokens += grades.Repeats.Sum(repeat => repeat.Sum(grade => (long)grade.Tokens));
            truncated += grades.Repeats.Sum(repeat => repeat.LongCount(grade => grade.Truncated));
        }

        return new CellScores
        {
            Cell = cell,
            Benchmark = benchmark,
            Questions = questions[benchmark.Name].Ids,
            Outcomes = outcomes,
            Digests = digests,
            Drawn = drawn,
            Tokens = tokens,
            Truncated = truncated,
        };
    }
}
