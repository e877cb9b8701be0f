using System.Text;
using System.Text.Json;

namespace NaturalThoughts.Evaluation.CommonQuestions;

/// <summary>How many questions all rows answer, and why others are left out.</summary>
/// <param name="Common">Questions that all rows answer in the same wording.</param>
/// <param name="LeftOut">Questions that some rows answer and others do not, or not in the same wording.</param>
/// <param name="Rows">What each row lacks, in the order of the table.</param>
public sealed record CommonQuestionsReport(int Common, int LeftOut, IReadOnlyList<CommonRow> Rows)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n" };

    /// <summary>Reads a report.json.</summary>
    public static CommonQuestionsReport Read(string path) =>
        JsonSerializer.Deserialize<CommonQuestionsReport>(File.ReadAllText(path, Encoding.UTF8), Format) ?? throw new JsonException($"{path} is not a report.");

    /// <summary>Writes a report.json: UTF-8, indented, with a line feed at the end.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>The left out questions in a sentence: how many, and by row the reasons with their numbers.</summary>
    public string InWords()
    {
        IEnumerable<string> rows = Rows.Where(row => row.Reasons.Count > 0)
            .Select(row => $"{row.Row} {string.Join(", ", row.Reasons.Select(reason => FormattableString.Invariant($"{reason.Key} {reason.Value}")))}"
                + (row.Refused.Count == 0
                    ? ""
                    : " (refused when imported: "
                        + $"{string.Join(", ", row.Refused.Select(reason => FormattableString.Invariant($"{reason.Key} {reason.Value}")))})"));
        return FormattableString.Invariant($"{Common} questions that all rows answered in the same wording; {LeftOut} left out")
            + (LeftOut == 0 ? "" : $": {string.Join("; ", rows)}");
    }
}
