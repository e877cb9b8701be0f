using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Questions;

/// <summary>
/// Writes questions as rows of NaturalReasoning (huggingface.co/datasets/facebook/natural_reasoning): <c>question</c>, <c>reference_answer</c>,
/// <c>responses</c>. Beside its fields a row has <c>id</c>, and <c>options</c> where the question has some; the reference is their letter then.
/// </summary>
public sealed class NaturalReasoningStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "write-natural-reasoning";

    /// <summary>The role of the questions.</summary>
    public const string QuestionsRole = "questions";

    /// <summary>The role of a model's answers, the responses; optional.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the rows.</summary>
    public const string Output = "natural_reasoning.jsonl";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [QuestionsRole], [Output]) { OptionalInputs = [AnswersRole] };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        NaturalReasoningOptions options = context.Options<NaturalReasoningOptions>();
        Dictionary<string, ModelAnswer> answers = context.Inputs.TryGetValue(AnswersRole, out string? path)
            ? QuestionRows.ById<ModelAnswer>(path, row => row.QuestionId)
            : [];
        long rows = 0;
        using StreamWriter writer = new(context.Output(Output), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (Question question in JsonLines.Stream<Question>(context.Input(QuestionsRole)))
        {
            JsonObject row = new() { ["id"] = question.Id, ["question"] = question.Text };
            if (question.Options.Count > 0)
            {
                row["options"] = new JsonArray([.. question.Options.Select(option => JsonValue.Create(option))]);
            }

            row["reference_answer"] = question.Reference;
            row["responses"] = answers.TryGetValue(question.Id, out ModelAnswer? answer)
                ? new JsonArray(new JsonObject { ["response_model"] = options.Model, ["response"] = answer.Output })
                : new JsonArray();
            writer.WriteLine(row.ToJsonString(Readable));
            rows++;
        }

        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = rows } };
    }
}
