using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Reporting.Tables.DetectableEffect;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>
/// A domain (mathematics, in the paper's students) in which the student is far weaker than in the others: each group of questions against the
/// rest of its benchmark by Welch's test over questions, with Holm's correction over all groups.
/// </summary>
internal static class WeakDomain
{
    /// <summary>Trips where a group lies this far below the rest, and its corrected p is at most 0.05.</summary>
    public const double LeastLag = 0.1;

    private const int FewestQuestions = 20;
    private const int Shown = 5;
    private static readonly string[] Names = ["domain", "family", "category", "subject", "discipline"];

    public static Diagnosis Of(DiagnosedCell cell)
    {
        const string Name = "weak mathematics or another domain";
        string threshold =
            $"a group at least {ShareDiagnosis.Percent(LeastLag)} points below the rest of its benchmark, "
            + $"p at most {Numbers.P(Level)} (Welch over questions, Holm over groups)";
        const string LookAt = "the group's share in the training set (Report, Pool), its levels, its answers; whether the base student has it at all";
        List<(string Group, int Count, Welch Test)> tests = [];
        foreach (IGrouping<string, (DiagnosedAnswer Any, double Score)> benchmark in QuestionMeans.Of(cell)
            .GroupBy(question => question.Any.Benchmark, StringComparer.Ordinal))
        {
            foreach (string name in Names)
            {
                (string? Value, double Score)[] values =
                    [.. benchmark.Select(question => (question.Any.Question.Meta.GetValueOrDefault(name), question.Score))];
                foreach (string value in values.Select(item => item.Value).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    double[] own = [.. values.Where(item => item.Value == value).Select(item => item.Score)];
                    double[] rest = [.. values.Where(item => item.Value != value).Select(item => item.Score)];
                    if (own.Length >= FewestQuestions && rest.Length >= FewestQuestions)
                    {
                        tests.Add(($"{benchmark.Key}, {name} {value}", own.Length, Welch.Of(own, rest)));
                    }
                }
            }
        }

        if (tests.Count == 0)
        {
            return ShareDiagnosis.Untested(
                Name, $"no group of {FewestQuestions} questions beside others: the questions have none of {string.Join(", ", Names)}", threshold, LookAt);
        }

        double[] holm = MultipleTesting.Holm([.. tests.Select(test => test.Test.P)]);
        (string Group, int Count, Welch Test, double P)[] all =
            [.. tests.Select((test, i) => (test.Group, test.Count, test.Test, holm[i])).OrderBy(test => test.Test.Difference)];
        (string Group, int Count, Welch Test, double P)[] weak = [.. all.Where(test => test.Test.Difference <= -LeastLag && test.P <= Level)];
        if (weak.Length > 0)
        {
            string more = weak.Length > Shown ? FormattableString.Invariant($"; {weak.Length - Shown} more") : "";
            return new Diagnosis(Name, DiagnosisState.Trips, string.Join("; ", weak.Take(Shown).Select(Words)) + more, threshold, LookAt);
        }

        DiagnosisState state = tests.Any(test => test.Test.Interval(1 - Level).Low < -LeastLag) ? DiagnosisState.Unclear : DiagnosisState.Fine;
        return new Diagnosis(Name, state, FormattableString.Invariant($"lowest of {tests.Count} groups: {Words(all[0])}"), threshold, LookAt);
    }

    private static string Words((string Group, int Count, Welch Test, double P) test) =>
        FormattableString.Invariant(
            $"{test.Group} ({test.Count} questions): {Numbers.Signed((decimal)(100 * test.Test.Difference), 1)} points, p {Numbers.P(test.P)}");
}
