using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>Reads the grades of every cell, benchmark and seed, and holds them to the same questions.</summary>
internal static class GradeFiles
{
    /// <summary>All scores, cell by cell in the order of the table, benchmark by benchmark.</summary>
    /// <exception cref="UserErrorException">Two files of a benchmark grade different questions, or one grades a question twice.</exception>
    public static List<CellScores> Read(StageContext context, TableOptions options)
    {
        List<CellScores> scores = [];
        Dictionary<string, (IReadOnlyList<string> Ids, string Path)> questions = new(StringComparer.Ordinal);
        foreach (TableCell cell in options.Cells)
        {
            foreach (TableBenchmark benchmark in options.Benchmarks)
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
            List<Grade> grades = [.. JsonLines.Read<Grade>(path).OrderBy(grade => grade.QuestionId, StringComparer.Ordinal)];
            IReadOnlyList<string> ids = [.. grades.Select(grade => grade.QuestionId)];
            Check(ids, role, path);
            if (!questions.TryAdd(benchmark.Name, (ids, role)) && !ids.SequenceEqual(questions[benchmark.Name].Ids, StringComparer.Ordinal))
            {
                throw new UserErrorException(
                    $"The grades '{role}' are of other questions than '{questions[benchmark.Name].Path}'.",
                    path,
                    "A comparison needs the same questions in every cell of a benchmark.");
            }

            outcomes.Add(string.Concat(grades.Select(OutcomesFile.Character)));
            digests.Add(ContentHash.OfFile(path));
            drawn.Add(Enumerable.Range(0, grades.Count).Where(q => grades[q].Credit is not null).ToDictionary(q => q, q => grades[q].Credit!.Value));
            tokens += grades.Sum(grade => (long)grade.Tokens);
            truncated += grades.LongCount(grade => grade.Truncated);
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

    private static void Check(IReadOnlyList<string> ids, string role, string path)
    {
        if (ids.Count == 0)
        {
            throw new UserErrorException($"The grades '{role}' are empty.", path, "A benchmark needs at least one question.");
        }

        for (int i = 1; i < ids.Count; i++)
        {
            if (ids[i] == ids[i - 1])
            {
                throw new UserErrorException($"The grades '{role}' hold the question '{ids[i]}' twice.", path, "Each question is graded once per replicate.");
            }
        }
    }
}
