using NaturalThoughts.Evaluation.Protocols;

namespace NaturalThoughts.Evaluation.ProtocolSpread;

/// <summary>What one protocol says about all answers.</summary>
/// <param name="Protocol">Its name and version.</param>
/// <param name="Accuracy">Mean score: guesses count with their chance.</param>
/// <param name="Correct">Answers that are right.</param>
/// <param name="Wrong">Answers that are wrong.</param>
/// <param name="Unparsed">Responses without an answer.</param>
/// <param name="Guessed">Responses without an answer where the program draws one.</param>
/// <param name="Undecided">Answers that no rule decides; not credited.</param>
public sealed record ProtocolSummary(string Protocol, double Accuracy, int Correct, int Wrong, int Unparsed, int Guessed, int Undecided)
{
    /// <summary>Sums up the grades of a protocol; the accuracy of none is 0.</summary>
    public static ProtocolSummary Of(string protocol, IReadOnlyCollection<Graded> grades)
    {
        int Count(Verdict verdict) => grades.Count(grade => grade.Verdict == verdict);
        double accuracy = grades.Count == 0 ? 0 : grades.Sum(grade => grade.Score) / grades.Count;
        return new ProtocolSummary(
            protocol, accuracy, Count(Verdict.Right), Count(Verdict.Wrong), Count(Verdict.Unparsed), Count(Verdict.Guessed), Count(Verdict.Undecided));
    }
}
