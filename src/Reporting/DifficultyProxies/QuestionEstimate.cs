using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>An estimate with the part of each question in its error: estimates on the same questions can be averaged and subtracted.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Influence">The part of each question; 0 for those that it is not about.</param>
internal sealed record QuestionEstimate(double Value, double[] Influence)
{
    /// <summary>The area under the ROC curve of a signal over some of the questions, and Kendall's tau-b with the margins held as they are.</summary>
    public static (QuestionEstimate Area, QuestionEstimate Tau) Of(IReadOnlyList<double> signal, IReadOnlyList<bool> isWrong, IReadOnlyList<int> members)
    {
        Auroc area = Auroc.Of([.. members.Select(q => signal[q])], [.. members.Select(q => isWrong[q])]);
        double[] influence = new double[signal.Count], tau = new double[signal.Count];
        for (int i = 0; i < members.Count; i++)
        {
            influence[members[i]] = area.Influence[i];
            tau[members[i]] = area.Influence[i] * area.TauFactor;
        }

        return (new QuestionEstimate(area.Value, influence), new QuestionEstimate(area.TauB, tau));
    }

    /// <summary>The mean of estimates.</summary>
    public static QuestionEstimate Mean(IReadOnlyCollection<QuestionEstimate> all)
    {
        double value = 0;
        double[] influence = new double[all.First().Influence.Length];
        foreach (QuestionEstimate one in all)
        {
            value += one.Value / all.Count;
            for (int q = 0; q < influence.Length; q++)
            {
                influence[q] += one.Influence[q] / all.Count;
            }
        }

        return new QuestionEstimate(value, influence);
    }

    public QuestionEstimate Minus(QuestionEstimate other) => new(Value - other.Value, [.. Influence.Zip(other.Influence, (mine, theirs) => mine - theirs)]);

    /// <summary>With its standard error, a question being a cluster.</summary>
    public ClusteredEstimate Clustered() => ClusteredEstimate.Of(Value, [.. Enumerable.Range(0, Influence.Length)], Influence);
}
