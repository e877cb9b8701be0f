using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests;

public sealed class GradeStageTests : IDisposable
{
    private static readonly string[] Options = ["red", "green", "blue", "white"];

    private readonly string _folder = Directory.CreateTempSubdirectory("grade-").FullName;
    private readonly List<Question> _questions = [];
    private readonly List<ModelAnswer> _answers = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_CarryTheAnswerIntoItsGrade_When_Graded()
    {
        Add("free", "42", "<think> 40 and 2 </think> Answer: 42");
        Add("wrong", "42", "Answer: 24", tokens: 7);
        Add("words", "B", "Answer: green", Options);
        Add("off the list", "B", "Answer: brown", Options);
        Add("silent", "B", "<think> I am still thinking", Options, tokens: 100, truncated: true);

        StageResult result = Run();

        Assert.Equal(
            [
                new Grade("free", "prompt of free", "<think> 40 and 2 </think> Answer: 42", "42", true, 5, false),
                new Grade("wrong", "prompt of wrong", "Answer: 24", "24", false, 7, false),
                new Grade("words", "prompt of words", "Answer: green", "B", true, 5, false),
                new Grade("off the list", "prompt of off the list", "Answer: brown", "brown", false, 5, false),
                new Grade("silent", "prompt of silent", "<think> I am still thinking", null, false, 100, true),
            ],
            Grades());
        Assert.Equal(
            [("correct", 2L), ("rows", 5L), ("tokens", 122L), ("truncated", 1L), ("unparsed", 1L)],
            result.Counts.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Should_GradeByLetter_When_TheQuestionHasOptions()
    {
        for (int reference = 0; reference < 4; reference++)
        {
            for (int given = 0; given < 4; given++)
            {
                Add($"{reference}{given}", Letter(reference), $"Answer: {Letter(given)}", Options);
            }
        }

        Run();
        Assert.All(Grades(), grade => Assert.Equal(grade.QuestionId[0] == grade.QuestionId[1], grade.Correct));
    }

    [Fact]
    public void Should_PairByQuestionAndKeepTheQuestionsOrder_When_AnswersAreShuffled()
    {
        Add("a", "1", "Answer: 1");
        Add("b", "2", "Answer: 2");
        Add("c", "3", "Answer: 1");
        _answers.Reverse();
        Run();
        Assert.Equal([("a", true), ("b", true), ("c", false)], Grades().Select(grade => (grade.QuestionId, grade.Correct)));
    }

    [Fact]
    public void Should_NameTheQuestion_When_ItHasNotExactlyOneAnswer()
    {
        Add("a", "1", "Answer: 1");
        Add("b", "2", "Answer: 2");
        ModelAnswer b = _answers[1];
        _answers.Remove(b);
        Assert.Contains("'b' has no row", Assert.Throws<UserErrorException>(() => Run()).Message);
        _answers.AddRange([b, b with { Output = "Answer: 3" }]);
        Assert.Contains("'b' stands twice", Assert.Throws<UserErrorException>(() => Run()).Message);
        _answers[2] = b with { QuestionId = "stranger" };
        Assert.Contains("'stranger'", Assert.Throws<UserErrorException>(() => Run()).Message);
    }

    [Fact]
    public void Should_NameTheNearestProtocol_When_ItIsUnknown()
    {
        Add("a", "1", "Answer: 1");
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => Run("strict-answer-line/1")).Errors);
        Assert.Equal("protocol", error.Location);
        Assert.Contains("'strict-answer-line/2'", error.Hint);
    }

    private static string Letter(int index) => ((char)('A' + index)).ToString();

    private void Add(string id, string reference, string output, string[]? options = null, int tokens = 5, bool truncated = false)
    {
        _questions.Add(new Question(id, "?", reference) { Options = options ?? [] });
        _answers.Add(new ModelAnswer(id, "prompt of " + id, output, tokens, truncated));
    }

    private List<Grade> Grades() => JsonLines.Read<Grade>(Path.Combine(_folder, "grades.jsonl"));

    private StageResult Run(string protocol = GradingProtocol.StrictAnswerLine)
    {
        Dictionary<string, string> inputs = new[] { "questions", "answers" }.ToDictionary(role => role, role => Path.Combine(_folder, role + ".jsonl"));
        JsonLines.Write(inputs["questions"], _questions);
        JsonLines.Write(inputs["answers"], _answers);
        return new GradeStage().Run(new StageContext { Parameters = new JsonObject { ["protocol"] = protocol }, Inputs = inputs, OutputFolder = _folder });
    }
}
