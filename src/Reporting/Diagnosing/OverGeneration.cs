namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>Tests for answers that are too long or cut off.</summary>
internal static class OverGeneration
{
    /// <summary>Trips where more answers than this met the limit.</summary>
    public const double MostCutOff = 0.05;

    /// <summary>Trips where more answers than this are longer than every training example.</summary>
    public const double MostBeyond = 0.01;

    public static Diagnosis CutOff(DiagnosedCell cell)
    {
        DiagnosedAnswer[] all = [.. cell.Answers];
        return ShareDiagnosis.Above(
            "over-generation: cut off",
            all.Count(answer => answer.Grade.Truncated),
            all.Length,
            MostCutOff,
            "answers cut off at the limit of tokens",
            "maxNewTokens against the lengths of the training set; the end marker in the training examples; loops below");
    }

    public static Diagnosis BeyondTraining(DiagnosedCell cell)
    {
        const string Name = "over-generation: beyond the training";
        const string LookAt = "whether training examples end in the end marker, and whether maxTokens cut them; the outputs themselves (Report, Answers)";
        int longest = cell.Training.SelectMany(examples => examples).Select(example => example.Response.Length).DefaultIfEmpty().Max();
        if (longest == 0)
        {
            return ShareDiagnosis.Untested(
                Name, "no training set is known", $"answers longer than every training example above {ShareDiagnosis.Percent(MostBeyond)} %", LookAt);
        }

        DiagnosedAnswer[] all = [.. cell.Answers];
        Diagnosis share = ShareDiagnosis.Above(
            Name, all.Count(answer => answer.Grade.Output.Length > longest), all.Length, MostBeyond, "answers longer than every training example", LookAt);
        return share with { Number = FormattableString.Invariant($"{share.Number}, longest example {longest} characters") };
    }
}
