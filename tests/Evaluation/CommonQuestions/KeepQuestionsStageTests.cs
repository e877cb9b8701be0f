using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.CommonQuestions;

public sealed class KeepQuestionsStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_KeepQuestionsAndTheirAnswers_When_TheMetaHasAValue()
    {
        StageResult result = Run("Law", "Science");

        Assert.Equal(["a", "c"], Read<Question>(KeepQuestionsStage.Questions).Select(question => question.Id));
        Assert.Equal(["answer to c", "answer to a"], Read<ModelAnswer>(KeepQuestionsStage.Answers).Select(answer => answer.Output));
        Assert.Equal((2, 2), (result.Counts["rows"], result.Counts["leftOut"]));
    }

    [Fact]
    public void Should_NameWhatThereIs_When_NothingIsLeft()
    {
        UserError error = Assert.Throws<UserErrorException>(() => Run("Alchemy")).Errors[0];

        Assert.Equal("None of 4 questions has the domain 'Alchemy'.", error.Message);
        Assert.Contains("History, Law, Science", error.Hint, StringComparison.Ordinal);
    }

    private StageResult Run(params string[] values)
    {
        string questions = Path.Combine(_folder, "in-questions"), answers = Path.Combine(_folder, "in-answers");
        JsonLines.Write(questions, [Q("a", "Law"), Q("b", "History"), Q("c", "Science"), new Question("d", "text", "1")]);
        JsonLines.Write(answers, new[] { "d", "c", "b", "a" }.Select(id => new ModelAnswer(id, "", "answer to " + id, 3, false)));
        return new KeepQuestionsStage().Run(new StageContext
        {
            Parameters = new JsonObject { ["meta"] = "domain", ["values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) },
            Inputs = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [KeepQuestionsStage.QuestionsRole] = questions,
                [KeepQuestionsStage.AnswersRole] = answers,
            },
            OutputFolder = _folder,
        });
    }

    private static Question Q(string id, string domain) => new(id, "text", "1") { Meta = new(StringComparer.Ordinal) { ["domain"] = domain } };

    private List<T> Read<T>(string name) => JsonLines.Read<T>(Path.Combine(_folder, name));
}
