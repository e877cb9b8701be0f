using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>
/// A text file of answers for a person to fill in: behind <c>verdict:</c> one of <see cref="AuditVerdict.Names"/> or its first letter, behind
/// <c>note:</c> a sentence. What a person reads is indented, so that no line of it is taken for a field.
/// </summary>
public static class AuditSheet
{
    private const string Id = "id: ";
    private const string Answer = "answer: ";
    private const string VerdictField = "verdict:";
    private const string NoteField = "note:";

    /// <summary>The text of a sheet.</summary>
    /// <param name="title">What is audited.</param>
    /// <param name="items">The answers.</param>
    public static string Write(string title, IReadOnlyList<AuditItem> items)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"# {title}\n# Write right, wrong or unclear behind 'verdict:'; an empty one is skipped. Then give the same command again.\n");
        foreach (AuditItem item in items)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Id}{item.Question.Id}\n{Answer}{item.AnswerDigest}\n{VerdictField}\n{NoteField}\n");
            foreach (string line in item.Lines())
            {
                text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The verdicts of a sheet that a person filled in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">The answers that may be judged, as question and digest.</param>
    /// <param name="author">Who read them.</param>
    /// <param name="date">The day.</param>
    /// <exception cref="UserErrorException">A verdict is none, or is about another answer: all errors at once, each with its line.</exception>
    public static List<AuditVerdict> Read(string path, IReadOnlySet<(string QuestionId, string AnswerDigest)> known, string author, DateOnly date)
    {
        List<AuditVerdict> verdicts = [];
        List<UserError> errors = [];
        (string Id, string Answer) at = ("", "");
        int line = 0;
        bool isOpen = false;
        foreach (string text in TextFiles.Lines(path).Select(text => text.TrimEnd('\r')))
        {
            line++;
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}:{line}");
            if (text.StartsWith(Id, StringComparison.Ordinal))
            {
                (at, isOpen) = ((text[Id.Length..].Trim(), ""), false);
            }
            else if (text.StartsWith(Answer, StringComparison.Ordinal))
            {
                at.Answer = text[Answer.Length..].Trim();
            }
            else if (text.StartsWith(VerdictField, StringComparison.Ordinal) && text[VerdictField.Length..].Trim() is { Length: > 0 } word)
            {
                if (!known.Contains(at))
                {
                    errors.Add(new UserError(
                        $"The answer {Quoted.Of(at.Answer)} to question '{Quoted.Of(at.Id)}' is not among those that were drawn.", place,
                        "Leave the lines 'id:' and 'answer:' as they were written."));
                }
                else if (AuditVerdict.Find(word) is { } verdict)
                {
                    verdicts.Add(new AuditVerdict(at.Id, at.Answer, verdict, author, date, ""));
                    isOpen = true;
                }
                else
                {
                    errors.Add(new UserError($"'{Quoted.Of(word)}' is not a verdict.", place, NearestName.Hint(word, AuditVerdict.Names)));
                }
            }
            else if (text.StartsWith(NoteField, StringComparison.Ordinal) && isOpen)
            {
                verdicts[^1] = verdicts[^1] with { Note = text[NoteField.Length..].Trim() };
            }
        }

        return errors.Count == 0 ? verdicts : throw new UserErrorException(errors);
    }
}
