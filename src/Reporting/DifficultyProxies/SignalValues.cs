namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Computes signals. Their order counts alone, so that entropies are whole numbers with the order of entropies.</summary>
internal static class SignalValues
{
    /// <summary>The values of a signal, question by question.</summary>
    public static double[] Of(ProxyData data, string kind, IReadOnlyList<string> models)
    {
        ProxyAnswers[] answers = [.. models.Select(model => data.Models[model])];
        return kind == ProxyKind.Length
            ? answers[0].Tokens
            : [.. Enumerable.Range(0, data.Count).Select(q => Of(kind, Counts([.. answers.Select(model => model.Given[q])])))];
    }

    private static double Of(string kind, int[] counts) => kind switch
    {
        ProxyKind.Disagreement => counts.Length > 1 ? 1 : 0,
        ProxyKind.Agreement => counts.Sum() - counts.Max(),
        ProxyKind.Entropy => -counts.Aggregate(1.0, (product, count) => product * Power(count)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    // How many models gave each answer.
    private static int[] Counts(string?[] answers) =>
    [
        .. answers.OfType<string>().GroupBy(answer => answer, StringComparer.Ordinal).Select(group => group.Count()),
        .. answers.Where(answer => answer is null).Select(_ => 1),
    ];

    // The entropy of k answers is log k - log(product of c^c)/k over the counts c.
    private static double Power(int count)
    {
        double power = 1;
        for (int i = 0; i < count; i++)
        {
            power *= count;
        }

        return power;
    }
}
