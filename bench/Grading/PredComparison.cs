using NaturalThoughts.Evaluation.Protocols;

namespace NaturalThoughts.Grading.Bench;

/// <summary>The letters that the benchmark's program stored against those that a protocol reads.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Same">Rows with the same letter, or with none on both sides.</param>
/// <param name="Drawn">Rows where the protocol finds none and a letter is stored: the program drew it.</param>
/// <param name="Other">Ids of the questions with another letter.</param>
/// <param name="Stored">Share of the stored letters that are right; none is wrong.</param>
/// <param name="Expected">Accuracy by the protocol, draws by their chance.</param>
internal sealed record PredComparison(string Protocol, int Same, int Drawn, IReadOnlyList<string> Other, double Stored, double Expected)
{
    /// <summary>Compares our letters with the stored ones, row by row.</summary>
    public static PredComparison Of(string id, IReadOnlyList<RecordedResponse> rows)
    {
        IGradingProtocol protocol = ProtocolCatalog.Find(id)!;
        (RecordedResponse Row, Graded Graded)[] pairs = [.. rows.Select(row => (row, Graded.Of(protocol, row.Response, row.Question)))];
        return new PredComparison(
            id,
            pairs.Count(pair => pair.Graded.Reading.Text == pair.Row.Pred),
            pairs.Count(pair => pair.Graded.Reading.IsGuess && pair.Row.Pred is not null),
            [.. pairs.Where(pair => !pair.Graded.Reading.IsGuess && pair.Graded.Reading.Text != pair.Row.Pred).Select(pair => pair.Row.Question.Id)],
            (double)rows.Count(row => row.Pred == row.Question.Reference) / rows.Count,
            pairs.Average(pair => pair.Graded.Score));
    }
}
