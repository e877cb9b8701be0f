namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>Every other choice of a signal's models and of a target: whether a finding hangs on the models that were named.</summary>
internal static class ModelChoices
{
    /// <summary>Two rows for each choice: the area over all questions, and the mean of those within categories.</summary>
    public static IEnumerable<ProxyRow> Of(ProxyData data, ProxySignal signal, CancellationToken cancellation)
    {
        string[] rows = [.. data.Models.Keys];
        int[] all = [.. Enumerable.Range(0, data.Count)];
        foreach (string[] models in Subsets(rows, signal.Models.Count))
        {
            double[] values = SignalValues.Of(data, signal.Kind, models);
            foreach (string target in rows.Except(models, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                bool[] isWrong = data.Models[target].IsWrong;
                QuestionEstimate[] within =
                    [.. data.Members.Where(members => HasBoth(members, isWrong)).Select(members => QuestionEstimate.Of(values, isWrong, members).Area)];
                yield return Row(ProxyRowKind.Choice, QuestionEstimate.Of(values, isWrong, all).Area);
                if (within.Length > 0)
                {
                    yield return Row(ProxyRowKind.ChoiceWithin, QuestionEstimate.Mean(within));
                }

                ProxyRow Row(string kind, QuestionEstimate area) => new(kind, signal.Name, target, "", area.Clustered())
                {
                    Questions = data.Count,
                    Wrong = isWrong.Count(wrong => wrong),
                    Models = string.Join('+', models),
                };
            }
        }
    }

    /// <summary>True where the errors of an area are defined: two wrong and two right answers.</summary>
    public static bool HasBoth(IReadOnlyCollection<int> members, bool[] isWrong) =>
        members.Count(q => isWrong[q]) is var wrong && wrong >= 2 && members.Count - wrong >= 2;

    private static IEnumerable<string[]> Subsets(string[] rows, int count) => count == 0
        ? [[]]
        : Enumerable.Range(0, rows.Length).SelectMany(first => Subsets(rows[(first + 1)..], count - 1).Select(rest => (string[])[rows[first], .. rest]));
}
