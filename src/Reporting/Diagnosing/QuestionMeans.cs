namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>Answers by question: the unit of every test about questions, since a question's answers are not independent.</summary>
internal static class QuestionMeans
{
    /// <summary>Mean score of each question over seeds and repeats, with one of its records.</summary>
    public static IReadOnlyList<(DiagnosedAnswer Any, double Score)> Of(DiagnosedCell cell) =>
        [.. cell.Answers.GroupBy(answer => (answer.Benchmark, answer.Question.Id))
            .Select(group => (group.First(), group.Average(answer => answer.Grade.Score)))];

    /// <summary>Tables [question, seed] per benchmark, of the questions that both cells answered; repeats are averaged.</summary>
    public static (IReadOnlyList<double[,]> First, IReadOnlyList<double[,]> Second) Paired(
        DiagnosedCell first, DiagnosedCell second, Func<DiagnosedAnswer, double> value)
    {
        List<double[,]> a = [], b = [];
        foreach (string benchmark in first.Answers.Select(answer => answer.Benchmark).Distinct(StringComparer.Ordinal))
        {
            string[] shared = [.. Ids(first, benchmark).Intersect(Ids(second, benchmark), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (shared.Length > 1)
            {
                a.Add(Table(first, benchmark, shared, value));
                b.Add(Table(second, benchmark, shared, value));
            }
        }

        return (a, b);
    }

    // Answered by every seed.
    private static IEnumerable<string> Ids(DiagnosedCell cell, string benchmark) => cell.Seeds
        .Select(seed => seed.Where(answer => answer.Benchmark == benchmark).Select(answer => answer.Question.Id).Distinct(StringComparer.Ordinal))
        .Aggregate((all, seed) => all.Intersect(seed, StringComparer.Ordinal));

    private static double[,] Table(DiagnosedCell cell, string benchmark, string[] ids, Func<DiagnosedAnswer, double> value)
    {
        double[,] table = new double[ids.Length, cell.Seeds.Count];
        for (int s = 0; s < cell.Seeds.Count; s++)
        {
            ILookup<string, double> values = cell.Seeds[s].Where(answer => answer.Benchmark == benchmark)
                .ToLookup(answer => answer.Question.Id, value, StringComparer.Ordinal);
            for (int q = 0; q < ids.Length; q++)
            {
                table[q, s] = values[ids[q]].Average();
            }
        }

        return table;
    }
}
