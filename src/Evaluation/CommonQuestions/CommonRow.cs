namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>What keeps a row from answering the questions of the others.</summary>
/// <param name="Row">The row.</param>
/// <param name="Answered">Questions that it answers.</param>
/// <param name="Reasons">Questions of the others that it lacks, by reason: see <see cref="LeftOutQuestion"/>.</param>
/// <param name="Refused">Rows of its files that the import refused, by reason, among them those with another text or other options.</param>
public sealed record CommonRow(string Row, int Answered, SortedDictionary<string, int> Reasons, SortedDictionary<string, long> Refused);
