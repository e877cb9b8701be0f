using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Teaching.Tests;

public sealed class JudgeStageTests : IDisposable
{
    private static readonly string[] Options = ["12 km", "15 km", "18 km", "21 km"];

    private readonly string _folder = Directory.CreateTempSubdirectory("judge-").FullName;
    private readonly List<Question> _questions = [];
    private readonly List<Trace> _traces = [];
    private readonly List<ModelAnswer> _answers = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_CompareNormalisedAnswers_When_Judging()
    {
        Add("same", "Answer: 42", "Answer: 42");
        Add("spelled", "Answer: Tuesday", "<think> It was Monday. </think> Answer: tuesday");
        Add("other", "Answer: 42", "Answer: 43");
        Add("letter", "Answer: B", "Answer: B", Options);
        Add("otherLetter", "Answer: B", "Answer: C", Options);

        StageResult result = Run();

        Assert.Equal(
            [
                new Judgement("same", true), new Judgement("spelled", true), new Judgement("other", false), new Judgement("letter", true),
                new Judgement("otherLetter", false),
            ],
            Judgements());
        Assert.Equal((5L, 2L), (result.Counts["rows"], result.Counts["disagree"]));
    }

    [Fact]
    public void Should_JudgeAgainstTheTeacher_When_TheTeacherIsWrong()
    {
        // The reference is 1: that both miss it, or only one, plays no part.
        Add("bothWrong", "Answer: 7", "Answer: 7");
        Add("secondRight", "Answer: 7", "Answer: 1");
        Run();
        Assert.Equal([true, false], Judgements().Select(row => row.Agree));
    }

    [Fact]
    public void Should_Disagree_When_AnAnswerIsMissing()
    {
        Add("second", "Answer: B", "I do not know.", Options);
        Add("both", "", "", Options);
        StageResult result = Run();
        Assert.Equal([false, false], Judgements().Select(row => row.Agree));
        Assert.Equal((1L, 2L), (result.Counts["teacherUnparsed"], result.Counts["secondUnparsed"]));
    }

    [Fact]
    public void Should_JudgeQuestionsWithTraceOnly_When_TheTeacherSkippedSome()
    {
        Add("a", "Answer: 1", "Answer: 1");
        Add("b", "Answer: 1", "Answer: 1");
        _traces.RemoveAt(0);
        Assert.Equal(1, Run().Counts["dropped"]);
        Assert.Equal("b", Assert.Single(Judgements()).QuestionId);
    }

    [Fact]
    public void Should_NameTheQuestion_When_AnAnswerIsNotThereOrTwice()
    {
        Add("a", "Answer: 1", "Answer: 1");
        Add("b", "Answer: 1", "Answer: 1");
        ModelAnswer last = _answers[0];
        _answers.RemoveAt(0);
        Assert.Contains("'b' has no row", Assert.Throws<UserErrorException>(Run).Message);
        _answers.AddRange([last, last]);
        Assert.Contains("'b' stands twice", Assert.Throws<UserErrorException>(Run).Message);
    }

    private void Add(string id, string teacher, string second, params string[] options)
    {
        _questions.Add(new Question(id, "?", "1") { Options = options });
        _traces.Add(new Trace(id, "thinking", teacher, 10));
        _answers.Insert(0, new ModelAnswer(id, "?", second, 5, false));
    }

    private List<Judgement> Judgements() => JsonLines.Read<Judgement>(Path.Combine(_folder, "judgements.jsonl"));

    private StageResult Run()
    {
        Dictionary<string, string> inputs = new[] { "questions", "traces", "answers" }.ToDictionary(role =>
            role, role => Path.Combine(_folder, role + ".jsonl"));
        JsonLines.Write(inputs["questions"], _questions);
        JsonLines.Write(inputs["traces"], _traces);
        JsonLines.Write(inputs["answers"], _answers);
        return new JudgeStage().Run(new StageContext { Parameters = new JsonObject(), Inputs = inputs, OutputFolder = _folder });
    }
}
