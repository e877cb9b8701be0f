using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.ProtocolSpread;

namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>Draws answers for a person to read, of those that <see cref="ProtocolSpreadStage"/> found open.</summary>
public static class AuditDraw
{
    /// <summary>
    /// Up to <paramref name="count"/> answers that have no verdict yet, in the order of a draw per answer: an answer more or less moves no
    /// other, and a larger count goes on where a smaller one ended.
    /// </summary>
    public static List<ProtocolDisagreement> Take(IEnumerable<ProtocolDisagreement> open, IEnumerable<AuditVerdict> history, string seed, int count)
    {
        HashSet<(string, string)> judged = [.. history.Select(verdict => (verdict.QuestionId, verdict.AnswerDigest))];
        return
        [
            .. open.Where(row => !judged.Contains((row.QuestionId, row.AnswerDigest)))
                .OrderBy(row => SeededRandom.Draw("audit", seed, row.QuestionId, row.AnswerDigest)).ThenBy(row => row.QuestionId, StringComparer.Ordinal)
                .Take(count),
        ];
    }
}
