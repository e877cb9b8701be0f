using System.Text;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>The student knows the training set by heart, or the benchmark was in it.</summary>
internal static class Memorisation
{
    /// <summary>Trips where near duplicates are answered right this much more often than other questions.</summary>
    public const double LeastAdvantage = 0.1;

    /// <summary>Trips where the loss of the last tenth of the steps lies below this: a token in twenty costs a nat.</summary>
    public const double LeastLoss = 0.05;

    private const int FewestQuestions = 20;
    private const double Level = 0.95;

    public static Diagnosis OfTrainingQuestions(DiagnosedCell cell)
    {
        const string Name = "memorisation: benchmark questions in the training set";
        const string Threshold = "any question of a benchmark whose text is in the training set";
        const string LookAt = "clean: {decontaminate: all} (docs/cleaning.md)";
        if (Prompts(cell, Plain) is not { Count: > 0 } prompts)
        {
            return ShareDiagnosis.Untested(Name, "no training set is known", Threshold, LookAt);
        }

        DiagnosedAnswer[] questions = [.. QuestionMeans.Of(cell).Select(question => question.Any)];
        string[] found =
        [
            .. questions.Where(question => Holds(prompts, Plain(question.Question.Text))).Select(question => $"{question.Benchmark} {question.Question.Id}"),
        ];
        return new Diagnosis(
            Name,
            found.Length > 0 ? DiagnosisState.Trips : DiagnosisState.Fine,
            FormattableString.Invariant($"{found.Length} of {questions.Length} questions") + (found.Length > 0 ? ", first " + found[0] : ""),
            Threshold,
            LookAt);
    }

    public static Diagnosis OfNearDuplicates(DiagnosedCell cell)
    {
        const string Name = "memorisation: near duplicates";
        string threshold =
            $"questions equal to a training question but for numbers are answered right at least {ShareDiagnosis.Percent(LeastAdvantage)} points more often "
            + "than others (the 95 % interval above 0)";
        const string LookAt = "accuracy without the near duplicates; clean: {decontaminate: all, maskNumbers: true} (docs/cleaning.md)";
        if (Prompts(cell, Masked) is not { Count: > 0 } prompts)
        {
            return ShareDiagnosis.Untested(Name, "no training set is known", threshold, LookAt);
        }

        ILookup<bool, double> scores = QuestionMeans.Of(cell)
            .ToLookup(question => Holds(prompts, Masked(question.Any.Question.Text)), question => question.Score);
        double[] near = [.. scores[true]], others = [.. scores[false]];
        if (near.Length < FewestQuestions || others.Length < FewestQuestions)
        {
            return ShareDiagnosis.Untested(
                Name, FormattableString.Invariant($"{near.Length} near duplicates and {others.Length} others; {FewestQuestions} of each are needed"),
                threshold, LookAt);
        }

        Welch test = Welch.Of(near, others);
        Interval interval = test.Interval(Level);
        bool trips = test.Difference >= LeastAdvantage && interval.Low > 0;
        return new Diagnosis(
            Name,
            trips ? DiagnosisState.Trips : interval.High < LeastAdvantage || test.Difference <= 0 ? DiagnosisState.Fine : DiagnosisState.Unclear,
            FormattableString.Invariant($"{near.Length} near duplicates: {Numbers.Signed((decimal)(100 * test.Difference), 1)} points ")
                + FormattableString.Invariant(
                    $"[{ShareDiagnosis.Percent(interval.Low)}, {ShareDiagnosis.Percent(interval.High)}] against {others.Length} others"),
            threshold,
            LookAt);
    }

    public static Diagnosis OfLoss(DiagnosedCell cell)
    {
        const string Name = "memorisation: the loss";
        string threshold = $"the mean loss of the last tenth of the steps below {Numbers.Fixed(LeastLoss, 2)} nats per token";
        const string LookAt = "fewer epochs; accuracy after each epoch on questions that are in no training set";
        IReadOnlyList<double>[] known = [.. cell.Losses.Where(losses => losses.Count > 0)];
        if (known.Length == 0)
        {
            return ShareDiagnosis.Untested(Name, "no training is known", threshold, LookAt);
        }

        double first = known.Average(losses => losses.Take(Math.Max(1, losses.Count / 10)).Average());
        double last = known.Average(losses => losses.TakeLast(Math.Max(1, losses.Count / 10)).Average());
        return new Diagnosis(
            Name,
            last < LeastLoss ? DiagnosisState.Trips : DiagnosisState.Fine,
            $"{Numbers.Fixed(last, 3)} nats per token at the end, {Numbers.Fixed(first, 3)} at the beginning",
            threshold,
            LookAt);
    }

    private static HashSet<string> Prompts(DiagnosedCell cell, Func<string, string> form) =>
        [.. cell.Training.SelectMany(examples => examples).DistinctBy(example => example.QuestionId).SelectMany(example => Lines(example, form))];

    // A prompt is a template around the question: every paragraph of it counts, and the whole.
    private static IEnumerable<string> Lines(TrainingExample example, Func<string, string> form) =>
        example.Prompt.Split('\n').Append(example.Prompt).Select(form).Where(IsLong);

    private static bool Holds(HashSet<string> prompts, string question) => IsLong(question) && prompts.Contains(question);

    // Shorter texts are equal by chance.
    private static bool IsLong(string text) => text.Length >= 20;

    /// <summary>Letters and digits in lower case, all else as one blank.</summary>
    private static string Plain(string text)
    {
        StringBuilder plain = new();
        foreach (char letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>As <see cref="Plain"/>, with # for each run of digits.</summary>
    private static string Masked(string text)
    {
        StringBuilder masked = new();
        foreach (char letter in Plain(text))
        {
            if (!char.IsDigit(letter))
            {
                masked.Append(letter);
            }
            else if (masked.Length == 0 || masked[^1] != '#')
            {
                masked.Append('#');
            }
        }

        return masked.ToString();
    }
}
