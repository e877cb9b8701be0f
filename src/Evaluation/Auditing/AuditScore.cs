using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Evaluation.ProtocolSpread;

namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>How often a protocol says of an answer what a person says.</summary>
/// <param name="Protocol">Its name and version.</param>
/// <param name="Judged">Answers with a verdict other than unclear.</param>
/// <param name="Agree">Of these, credited and right, or not credited and wrong.</param>
/// <param name="FalseCredit">Credited, but wrong.</param>
/// <param name="Missed">Right, but not credited: read wrongly, unparsed, drawn or undecided.</param>
public sealed record AuditScore(string Protocol, int Judged, int Agree, int FalseCredit, int Missed)
{
    // The normal quantile at 0.975.
    private const double Z = 1.959963984540054;

    /// <summary>Share of agreement; NaN without a judged answer.</summary>
    public double Share => (double)Agree / Judged;

    /// <summary>Wilson's score interval (1927) of the share at 95 %, in [0, 1]; 0 to 1 without a judged answer.</summary>
    public (double Low, double High) Wilson
    {
        get
        {
            if (Judged == 0)
            {
                return (0, 1);
            }

            double square = Z * Z;
            double center = (Agree + (square / 2)) / (Judged + square);
            double reach = Z / (Judged + square) * Math.Sqrt((Judged * Share * (1 - Share)) + (square / 4));
            return (Agree == 0 ? 0 : center - reach, Agree == Judged ? 1 : center + reach);
        }
    }

    /// <summary>
    /// Scores each protocol on the open answers that have a verdict, in ordinal order of names. Answers on which all protocols agree are
    /// not among them: these shares compare protocols and are no accuracy on a benchmark.
    /// </summary>
    public static List<AuditScore> Of(IEnumerable<ProtocolDisagreement> open, IEnumerable<AuditVerdict> history)
    {
        Dictionary<(string, string), string> verdicts = AuditFile.Current(history).Where(row => row.Verdict != AuditVerdict.Unclear)
            .ToDictionary(row => (row.QuestionId, row.AnswerDigest), row => row.Verdict);
        string credited = nameof(Verdict.Right).ToLowerInvariant();
        return
        [
            .. open.Where(row => verdicts.ContainsKey((row.QuestionId, row.AnswerDigest)))
                .SelectMany(row => row.Verdicts.Select(pair => (
                    Protocol: pair.Key,
                    Credited: pair.Value == credited,
                    Right: verdicts[(row.QuestionId, row.AnswerDigest)] == AuditVerdict.Right)))
                .GroupBy(row => row.Protocol, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new AuditScore(
                    group.Key,
                    group.Count(),
                    group.Count(row => row.Credited == row.Right),
                    group.Count(row => row.Credited && !row.Right),
                    group.Count(row => !row.Credited && row.Right))),
        ];
    }
}
