using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Pages;

/// <summary>
/// Answers as parts that the page reads when somebody looks at them: a part per cell and benchmark, the questions and the prompts that several
/// share in parts of their own. Of a confidential benchmark ids, verdicts and lengths are written, and no text.
/// </summary>
/// <param name="write">Writes a file: its name with forward slashes, and its text.</param>
internal sealed class AnswerParts(Action<string, string> write)
{
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    /// <summary>Writes the answers, unless another cell has the very same, and returns the part's name.</summary>
    public string Add(ReportAnswers answers)
    {
        string same = answers.Benchmark + "\n" + string.Join(
            '\n', answers.Sets.SelectMany(set => set.Grades.Select(grade => $"{set.Seed} {set.Repeat} {grade.Target}")));
        if (_parts.TryGetValue(same, out string? known))
        {
            return known;
        }

        string name = ReportText.Invariant($"answers/{_parts.Count + 1:0000}");
        _parts.Add(same, name);
        WritePart(name, new JsonObject
        {
            ["benchmark"] = answers.Benchmark,
            ["confidential"] = answers.IsConfidential,
            ["sets"] = new JsonArray([.. answers.Sets.Select(set => (JsonNode)Set(answers, set))]),
        });
        return name;
    }

    private JsonObject Set(ReportAnswers answers, ReportAnswerSet set)
    {
        bool hidden = answers.IsConfidential;
        Question[] questions = [.. set.Questions.OrderBy(question => question.Id, StringComparer.Ordinal)];
        Dictionary<string, Grade>[] grades = [.. set.Grades.Select(by => by.Grades.ToDictionary(grade => grade.QuestionId, StringComparer.Ordinal))];
        Grade[] rows = [.. questions.Select(question => grades[0][question.Id])];
        return new JsonObject
        {
            ["seed"] = set.Seed,
            ["repeat"] = set.Repeat,
            ["protocols"] = ScriptPart.Texts(set.Grades.Select(by => by.Protocol)),
            ["targets"] = ScriptPart.Texts(set.Grades.Select(by => by.Target)),
            ["questions"] = Shared("questions", Questions(questions, hidden)),
            ["prompts"] = hidden ? null : Shared("prompts", ScriptPart.Texts(rows.Select(row => row.Prompt))),

            // [output, tokens, cut off, [extracted, verdict] by protocol]
            ["rows"] = new JsonArray([.. questions.Select(question => (JsonNode)new JsonArray(
                hidden ? null : JsonValue.Create(grades[0][question.Id].Output),
                grades[0][question.Id].Tokens,
                grades[0][question.Id].Truncated ? 1 : 0,
                new JsonArray([.. grades.Select(by => (JsonNode)new JsonArray(hidden ? null : by[question.Id].Extracted, Verdict(by[question.Id])))])))]),
        };
    }

    private static JsonArray Questions(IEnumerable<Question> questions, bool hidden) => new([.. questions.Select(question => (JsonNode)(hidden
        ? new JsonObject { ["id"] = question.Id }
        : new JsonObject
        {
            ["id"] = question.Id,
            ["text"] = question.Text,
            ["reference"] = question.Reference,
            ["options"] = ScriptPart.Texts(question.Options),
            ["meta"] = ScriptPart.Map(question.Meta, entry => entry.Key, entry => entry.Value),
        }))]);

    // Undecided comes first: such an answer is not credited, whatever was extracted.
    private static string Verdict(Grade grade) => grade.Undecided ? "?" : grade.Correct ? "1" : grade.Extracted is null ? "-" : "0";

    private string Shared(string folder, JsonArray data)
    {
        string name = $"{folder}/{ContentHash.OfText(data.ToJsonString()).Hex[..16]}";
        if (_shared.Add(name))
        {
            WritePart(name, data);
        }

        return name;
    }

    private void WritePart(string name, JsonNode data) => write($"data/{name}.js", ScriptPart.Write(name, data));
}
