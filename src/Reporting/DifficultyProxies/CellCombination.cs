namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>
/// All signals together: a question's score is the share of wrong answers among the questions of other categories that are alike in every
/// signal. A signal of more than <see cref="MostLevels"/> values is cut into quarters.
/// </summary>
internal static class CellCombination
{
    private const int MostLevels = 8;
    private const int Parts = 4;

    /// <summary>The scores; those of a category are fitted on the others.</summary>
    public static double[] HeldOut(ProxyData data, IReadOnlyList<double[]> signals, IReadOnlyList<bool> isWrong)
    {
        double[] scores = new double[data.Count];
        for (int g = 0; g < data.Groups.Count; g++)
        {
            int[] others = [.. Enumerable.Range(0, data.Count).Where(q => data.GroupOf[q] != g)];
            Func<double, double>[] levels = [.. signals.Select(signal => Levels([.. others.Select(q => signal[q])]))];
            string Cell(int q) =>
                string.Join(' ', signals.Select((signal, s) => levels[s](signal[q]).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            Dictionary<string, (int Wrong, int Count)> cells = others.GroupBy(Cell, StringComparer.Ordinal)
                .ToDictionary(cell => cell.Key, cell => (cell.Count(q => isWrong[q]), cell.Count()), StringComparer.Ordinal);
            foreach (int q in data.Members[g])
            {
                // One wrong and one right answer more (Laplace): a small cell says little.
                (int wrong, int count) = cells.GetValueOrDefault(Cell(q));
                scores[q] = (wrong + 1.0) / (count + 2);
            }
        }

        return scores;
    }

    private static Func<double, double> Levels(double[] values)
    {
        if (values.Distinct().Take(MostLevels + 1).Count() <= MostLevels)
        {
            return value => value;
        }

        double[] sorted = [.. values.Order()];
        double[] cuts = [.. Enumerable.Range(1, Parts - 1).Select(part => sorted[part * sorted.Length / Parts])];
        return value => cuts.Count(cut => value >= cut);
    }
}
