using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>An answer that a person is to read.</summary>
/// <param name="Question">The question.</param>
/// <param name="Output">The whole response.</param>
public sealed record AuditItem(Question Question, string Output)
{
    /// <summary>SHA-256 of the response, as <see cref="AuditVerdict.AnswerDigest"/> has it.</summary>
    public string AnswerDigest => ContentHash.OfText(Output).Hex;

    /// <summary>Question, options, reference and response as lines; what would steer a terminal is left out.</summary>
    public IEnumerable<string> Lines()
    {
        IEnumerable<string> options = Question.Options.Select((option, i) => $"  {(char)('A' + i)}) {option}");
        return new[] { "Question", Question.Text, string.Join('\n', options), "Reference: " + Question.Reference, "Response", Output }
            .Where(part => part.Length > 0)
            .SelectMany(part => part.ReplaceLineEndings("\n").Split('\n'))
            .Select(line => string.Concat(line.Where(character => !char.IsControl(character) || character == '\t')));
    }
}
