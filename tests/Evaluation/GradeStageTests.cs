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
            [
                ("answerInThinking", 0L), ("correct", 2L), ("emptyThinking", 0L), ("guessed", 0L), ("repetitionLoops", 0L), ("rows", 5L), ("tokens", 122L),
                ("truncated", 1L), ("unclosedThinking", 1L), ("undecided", 0L), ("unparsed", 1L),
            ],
            result.Counts.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Should_WriteNoMoreThanBefore_When_NothingIsGuessedOrUndecided()
    {
        Add("a", "1", "Answer: 1");
        Run();
        Assert.Equal(
            "{\"questionId\":\"a\",\"prompt\":\"prompt of a\",\"output\":\"Answer: "
            + "1\",\"extracted\":\"1\",\"correct\":true,\"tokens\":5,\"truncated\":false}\n",
            File.ReadAllText(Path.Combine(_folder, "grades.jsonl")));
    }

    [Fact]
    public void Should_CreditTheChance_When_TheProtocolsProgramDraws()
    {
        Add("drawn", "B", "no idea", Options);
        Add("found", "B", "The answer is (B).", Options);
        StageResult result = Run("mmlu-pro-api/f418b11");
        Assert.Equal([(null, false, 0.25), ("B", true, 1.0)], Grades().Select(grade => (grade.Extracted, grade.Correct, grade.Score)));
        Assert.Equal((1L, 1L, 1L), (result.Counts["guessed"], result.Counts["correct"], result.Counts["unparsed"]));
    }

    [Fact]
    public void Should_CreditNothing_When_NoRuleDecides()
    {
        Add("sum", "x+1", "\\boxed{1+x}");
        Add("same", "x+1", "\\boxed{x + 1}");
        Assert.Equal(1, Run("qwen-math/a45202b").Counts["undecided"]);
        Assert.Equal([(true, false), (false, true)], Grades().Select(grade => (grade.Undecided, grade.Correct)));
    }

    [Fact]
    public void Should_SayThatItIsUndecided_When_OurEqualityCannotTell()
    {
        // A longer text than equality looks into.
        Add("long", string.Concat(Enumerable.Repeat("x+", 30_000)) + "1", "Answer: y+1");
        Assert.Equal(1, Run().Counts["undecided"]);
        Grade grade = Assert.Single(Grades());
        Assert.Equal((false, true), (grade.Correct, grade.Undecided));
    }

    [Fact]
    public void Should_CountFaultsOfOutputs_When_ThereAreAny()
    {
        Add("empty", "1", "<think>\n</think>Answer: 1");
        Add("inside", "1", "<think>Answer: 1</think>");
        Add("unclosed", "1", "<think>Answer: 1");
        Add("loop", "1", string.Concat(Enumerable.Repeat("Wait, let me think about this once more. ", 20)));
        SortedDictionary<string, long> counts = Run().Counts;
        Assert.Equal((1L, 1L, 2L, 1L), (counts["emptyThinking"], counts["unclosedThinking"], counts["answerInThinking"], counts["repetitionLoops"]));
    }

    [Fact]
    public void Should_CountTwoLettersAsWrong_When_TheFirstIsTheReference()
    {
        Add("both", "B", "Answer: (B) or (C)", Options);
        Run();
        Grade grade = Assert.Single(Grades());
        Assert.Equal(("(B) or (C)", false), (grade.Extracted, grade.Correct));
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
