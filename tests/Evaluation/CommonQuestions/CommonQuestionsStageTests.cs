using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.CommonQuestions;

public sealed class CommonQuestionsStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("common-").FullName;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_KeepWhatAllRowsAnswerInTheSameWording_When_FilesAreOfSeveralVersions()
    {
        Give("First-seed1", Q("same"), Q("order"), Q("text"), Q("options"), Q("reference"), Q("recorded"), Q("missing"));
        Give(
            "Second-seed1",
            Q("order") with { Options = ["green", "red", "blue"], Reference = "C" },
            Q("same") with { Text = "What\n is it?" },
            Q("text") with { Text = "What was it?" },
            Q("options") with { Options = ["red", "blue", "violet"] },
            Q("reference") with { Reference = "A" },
            Q("recorded"));
        Record(
            "Second-seed1", """{"questionId":"recorded","reference":"(C)"}""", """{"questionId":"same","reference":"B"}""",
            """{"questionId":"order","reference":"no letter"}""");
        File.WriteAllText(Bind(CommonQuestionsStage.ImportRole("Second-seed1")), """{"refused":{"textDiffers":2}}""");

        StageResult result = Run("First-seed1", "Second-seed1");

        Assert.Equal((2, 5), (result.Counts["questions"], result.Counts["leftOut"]));
        Assert.Equal(["same", "order"], Read<Question>("questions.jsonl").Select(question => question.Id));
        Assert.Equal(["green", "red", "blue"], Read<Question>(CommonQuestionsStage.QuestionsOf("Second-seed1"))[1].Options);
        Assert.Equal(["answer to order", "answer to same"], Read<ModelAnswer>(CommonQuestionsStage.AnswersOf("Second-seed1")).Select(answer => answer.Output));
        Assert.Equal(
            ["text textDiffers", "options optionsDiffer", "reference referenceDiffers", "recorded referenceDiffers", "missing notAnswered"],
            Read<LeftOutQuestion>("left-out.jsonl").Select(row => $"{row.QuestionId} {row.Reason}"));
        Assert.Equal(
            "2 questions that all rows answered in the same wording; 5 left out: Second-seed1 notAnswered 1, optionsDiffer 1, referenceDiffers 2, textDiffers "
            + "1 (refused when imported: textDiffers 2)",
            CommonQuestionsReport.Read(Path.Combine(_folder, "report.json")).InWords());
    }

    [Fact]
    public void Should_Say_When_NothingIsCommon()
    {
        Give("First", Q("a"));
        Give("Second", Q("b"));

        Assert.Contains(
            "No question is answered by all rows", Assert.Throws<UserErrorException>(() => Run("First", "Second")).Message, StringComparison.Ordinal);
    }

    private static Question Q(string id) => new(id, "What is it?", "B") { Options = ["red", "blue", "green"] };

    private void Give(string row, params Question[] questions)
    {
        JsonLines.Write(Bind(CommonQuestionsStage.QuestionsRole(row)), questions);
        JsonLines.Write(
            Bind(CommonQuestionsStage.AnswersRole(row)), questions.Select(question => new ModelAnswer(question.Id, "", "answer to " + question.Id, 3, false)));
    }

    private void Record(string row, params string[] lines) => File.WriteAllLines(Bind(CommonQuestionsStage.RecordedRole(row)), lines);

    private string Bind(string role) => _inputs[role] = Path.Combine(_folder, "in-" + role.Replace('/', '-'));

    private List<T> Read<T>(string name) => JsonLines.Read<T>(Path.Combine(_folder, name));

    private StageResult Run(params string[] rows) => new CommonQuestionsStage().Run(new StageContext
    {
        Parameters = new JsonObject { ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)row)]) },
        Inputs = _inputs,
        OutputFolder = _folder,
    });
}
