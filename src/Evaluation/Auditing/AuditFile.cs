using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Auditing;

/// <summary>A file of <see cref="AuditVerdict"/> lines. Lines are only ever added: the file is the history.</summary>
public static class AuditFile
{
    /// <summary>Adds verdicts at the end of a file, which is made where there is none.</summary>
    /// <exception cref="UserErrorException">A verdict is none of the names, has no author, or its digest is no SHA-256.</exception>
    public static void Append(string path, IReadOnlyCollection<AuditVerdict> verdicts)
    {
        Check(verdicts, path);
        string scratch = Path.GetTempFileName();
        try
        {
            JsonLines.Write(scratch, verdicts);
            File.AppendAllText(path, Border(path) + File.ReadAllText(scratch, Encoding.UTF8), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    /// <summary>All lines in order; none where there is no file.</summary>
    /// <exception cref="UserErrorException">A line is no verdict.</exception>
    public static List<AuditVerdict> Read(string path)
    {
        List<AuditVerdict> verdicts = File.Exists(path) ? JsonLines.Read<AuditVerdict>(path) : [];
        Check(verdicts, path);
        return verdicts;
    }

    /// <summary>The last verdict on each answer, in the order of the answers' first lines.</summary>
    public static List<AuditVerdict> Current(IEnumerable<AuditVerdict> history) =>
        [.. history.GroupBy(verdict => (verdict.QuestionId, verdict.AnswerDigest)).Select(group => group.Last())];

    /// <summary>Those of new verdicts that say something new: whoever reads a sheet twice adds nothing.</summary>
    public static List<AuditVerdict> News(IEnumerable<AuditVerdict> history, IEnumerable<AuditVerdict> verdicts)
    {
        Dictionary<(string, string), AuditVerdict> current = Current(history).ToDictionary(row => (row.QuestionId, row.AnswerDigest));
        return [.. verdicts.Where(row =>
            !current.TryGetValue((row.QuestionId, row.AnswerDigest), out AuditVerdict? old) || old with { Date = row.Date } != row)];
    }

    private static void Check(IReadOnlyCollection<AuditVerdict> verdicts, string path)
    {
        UserError[] errors =
        [
            .. verdicts.Where(row => !AuditVerdict.Names.Contains(row.Verdict, StringComparer.Ordinal))
                .Select(row =>
                    new UserError(
                        $"'{row.Verdict}' on question '{row.QuestionId}' is not a verdict.", path, NearestName.Hint(row.Verdict, AuditVerdict.Names))),
            .. verdicts.Where(row => !ContentHash.TryParse(row.AnswerDigest, out _))
                .Select(row =>
                    new UserError($"The answer's digest of question '{row.QuestionId}' is not a SHA-256.", path, "It is 64 lower-case hexadecimal digits.")),
            .. verdicts.Where(row => string.IsNullOrWhiteSpace(row.Author))
                .Select(row => new UserError($"The verdict on question '{row.QuestionId}' has no author.", path, "Say who read the answer.")),
        ];
        if (errors.Length > 0)
        {
            throw new UserErrorException(errors);
        }
    }

    /// <summary>A line feed where the file's last line has none: an interrupted write must not join two verdicts.</summary>
    private static string Border(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using FileStream file = File.OpenRead(path);
        if (file.Length == 0)
        {
            return "";
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n' ? "" : "\n";
    }
}
