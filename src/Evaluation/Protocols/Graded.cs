using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>A response graded by one protocol.</summary>
/// <param name="Reading">The answer that was found.</param>
/// <param name="Verdict">Whether it is right.</param>
public readonly record struct Graded(Reading Reading, Verdict Verdict)
{
    /// <summary>What the verdict counts in an accuracy: 1, 0, or the chance of a guess.</summary>
    public double Score => Verdict == Verdict.Right ? 1 : Reading.Chance;

    /// <summary>Grades a response to a question by a protocol.</summary>
    public static Graded Of(IGradingProtocol protocol, string response, Question question)
    {
        Reading reading = protocol.Extract(response, question);
        return new Graded(reading, reading switch
        {
            { IsGuess: true } => Verdict.Guessed,
            { Text: null } => Verdict.Unparsed,
            // Some programs compare their placeholder like an answer; it counts as unparsed unless that made it right.
            _ => protocol.Same(question, reading.Text) switch
            {
                true => Verdict.Right,
                false => reading.IsParsed ? Verdict.Wrong : Verdict.Unparsed,
                null => Verdict.Undecided,
            },
        });
    }
}
