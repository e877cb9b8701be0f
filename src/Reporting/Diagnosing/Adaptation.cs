using NaturalThoughts.Reporting.Findings;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>The training, or the prompt, changes nothing in what is written.</summary>
internal static class Adaptation
{
    /// <summary>Trips where more answers than this are the base student's, letter by letter.</summary>
    public const double MostEqual = 0.5;

    /// <summary>Trips where the tokens of two modes are shown to differ by less than this factor.</summary>
    public const double LeastRatio = 1.1;

    public static Diagnosis ToTraining(DiagnosedCell cell)
    {
        const string Name = "no adaptation to the training";
        const string LookAt =
            "whether the weights changed (Show: digests), the learning rate, the mask of the loss (audit.json), the chat template of training and asking";
        if (cell.Base is not { } before)
        {
            return ShareDiagnosis.Untested(
                Name, "no base student was asked the same", $"answers that are the base student's above {ShareDiagnosis.Percent(MostEqual)} %", LookAt);
        }

        // Samplings of one model differ: an answer counts as unchanged where any of the base student's is the same.
        ILookup<(string, string), string> known = before.Answers.ToLookup(answer =>
            (answer.Benchmark, answer.Question.Id), answer => answer.Grade.Output.Trim());
        DiagnosedAnswer[] shared = [.. cell.Answers.Where(answer => known.Contains((answer.Benchmark, answer.Question.Id)))];
        return shared.Length == 0
            ? ShareDiagnosis.Untested(
                Name, $"{before.Address} answers other questions", $"answers that are the base student's above {ShareDiagnosis.Percent(MostEqual)} %", LookAt)
            : ShareDiagnosis.Above(
                Name,
                shared.Count(answer => known[(answer.Benchmark, answer.Question.Id)].Contains(answer.Grade.Output.Trim(), StringComparer.Ordinal)),
                shared.Length,
                MostEqual,
                "answers that are the base student's",
                LookAt);
    }

    public static Diagnosis ToMode(DiagnosedCell cell)
    {
        const string Name = "no adaptation to the mode";
        string threshold = $"tokens per answer of the two modes differ by less than a factor of {Numbers.Fixed(LeastRatio, 1)} (95 % interval)";
        const string LookAt = "the share of each mode in the training set (mix, instructionDropout), the prompts of both modes, what follows the opening tag";
        if (cell.OtherMode is not { } other)
        {
            return ShareDiagnosis.Untested(Name, "the same students were asked in one mode only", threshold, LookAt);
        }

        (IReadOnlyList<double[,]> own, IReadOnlyList<double[,]> second) = QuestionMeans.Paired(cell, other, answer => answer.Grade.Tokens);
        if (own.Count == 0)
        {
            return ShareDiagnosis.Untested(Name, $"{other.Address} answers other questions", threshold, LookAt);
        }

        RatioTest ratio = new(new ContrastTerm(1, own, null, "student"), new ContrastTerm(-1, second, null, "student"));
        Interval interval = ratio.Interval(0.95);
        bool same = ratio.Degeneracy != Degeneracy.None
            ? ratio.Estimate is > 1 / LeastRatio and < LeastRatio
            : interval.Low > 1 / LeastRatio && interval.High < LeastRatio;
        bool differs = interval.Low >= LeastRatio || interval.High <= 1 / LeastRatio;
        return new Diagnosis(
            Name,
            same ? DiagnosisState.Trips : differs ? DiagnosisState.Fine : DiagnosisState.Unclear,
            $"{Numbers.Fixed(ratio.Estimate, 2)} times the tokens of {other.Address}"
                + (double.IsFinite(interval.Low) ? $" [{Numbers.Fixed(interval.Low, 2)}, {Numbers.Fixed(interval.High, 2)}]" : ""),
            threshold,
            LookAt);
    }
}
