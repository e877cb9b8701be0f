using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.Repeats;

public sealed class MeasureStageTests : IDisposable
{
    private static readonly string[] Colors = ["red", "green", "blue"];

    private readonly string _folder = Directory.CreateTempSubdirectory("measure-").FullName;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_CountAnOptionAsOneVote_When_EveryRepeatHasAnOrderOfItsOwn()
    {
        // green is B, then A, then B again; the letters alone would say otherwise.
        Repeat(1, [Ask("a", "B", "red", "green", "blue")], [Answer("a", "Answer: B", "B", true)]);
        Repeat(2, [Ask("a", "A", "green", "red", "blue")], [Answer("a", "Answer: A", "A", true)]);
        Repeat(3, [Ask("a", "B", "blue", "green", "red")], [Answer("a", "Answer: A", "A", false)]);

        RepeatedQuestion row = Assert.Single(Run("strict-answer-line/2", out _));

        Assert.Equal([0, 0, 1], row.Votes);
        Assert.Equal([1, 1, 0], row.Scores);
    }

    [Fact]
    public void Should_VoteByTheProtocolsEquality_When_AnswersAreFree()
    {
        string[] extracted = ["0.5", "1/2", "2", "0.50"];
        for (int repeat = 1; repeat <= extracted.Length; repeat++)
        {
            string answer = extracted[repeat - 1];
            Repeat(repeat, [new Question("a", "Half?", "1/2")], [Answer("a", "Answer: " + answer, answer, answer != "2")]);
        }

        Assert.Equal([0, 0, 1, 0], Assert.Single(Run("strict-answer-line/2", out _)).Votes);
    }

    [Fact]
    public void Should_CountFaultsAndKeepGroups_When_AnswersGoWrong()
    {
        Question question = Ask("a", "A", Colors) with { Meta = new(StringComparer.Ordinal) { ["field"] = "paint", ["other"] = "x" } };
        Repeat(1, [question], [Answer("a", "<think> </think> Answer: A", "A", true)]);
        Repeat(2, [question], [Answer("a", "<think> Answer: A </think> So it is.", null, false)]);
        Repeat(3, [question], [new Grade("a", "p", "<think> on and", null, false, 12, true)]);

        RepeatedQuestion row = Assert.Single(Run("strict-answer-line/2", out StageResult result, "field", "absent"));

        Assert.Equal(
            [("answerInThinking", 1), ("emptyThinking", 1), ("truncated", 1), ("unclosedThinking", 1), ("unparsed", 2)],
            row.Faults.Select(fault => (fault.Key, (int)fault.Value)));
        Assert.Equal([("field", "paint")], row.Groups.Select(group => (group.Key, group.Value)));
        Assert.Equal([5, 5, 12], row.Tokens);
        Assert.Equal(3, result.Counts["repeats"]);
    }

    [Fact]
    public void Should_KeepEveryGrade_When_RepeatsAreBroughtTogether()
    {
        for (int repeat = 1; repeat <= 2; repeat++)
        {
            Repeat(repeat, [Ask("b", "A", Colors), Ask("a", "A", Colors)], [Answer("a", $"a{repeat}", null, false), Answer("b", $"b{repeat}", null, false)]);
        }

        Run("strict-answer-line/2", out _);

        Assert.Equal(["b1", "a1", "b2", "a2"], JsonLines.Read<Grade>(Path.Combine(_folder, GradeStage.Output)).Select(grade => grade.Output));
    }

    [Fact]
    public void Should_NameTheQuestion_When_ARepeatLacksIt()
    {
        Repeat(1, [Ask("a", "A", Colors), Ask("b", "A", Colors)], [Answer("a", "", null, false), Answer("b", "", null, false)]);
        Repeat(2, [Ask("a", "A", Colors), Ask("b", "A", Colors)], [Answer("a", "", null, false)]);

        UserErrorException error = Assert.Throws<UserErrorException>(() => Run("strict-answer-line/2", out _));

        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_When_ThereIsNoSuchProtocol() => Assert.Throws<UserErrorException>(() => Run("by-eye/1", out _));

    private static Question Ask(string id, string reference, params string[] options) => new(id, "Which?", reference) { Options = options };

    private static Grade Answer(string id, string output, string? extracted, bool correct) => new(id, "p", output, extracted, correct, 5, false);

    private void Repeat(int repeat, IEnumerable<Question> questions, IEnumerable<Grade> grades)
    {
        JsonLines.Write(_inputs[MeasureStage.QuestionsRole(repeat)] = Path.Combine(_folder, $"q{repeat}"), questions);
        JsonLines.Write(_inputs[MeasureStage.GradesRole(repeat)] = Path.Combine(_folder, $"g{repeat}"), grades);
    }

    private List<RepeatedQuestion> Run(string protocol, out StageResult result, params string[] groups)
    {
        result = new MeasureStage().Run(new StageContext
        {
            Parameters = new() { ["protocol"] = protocol, ["macroAverages"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]) },
            Inputs = _inputs,
            OutputFolder = _folder,
        });
        return JsonLines.Read<RepeatedQuestion>(Path.Combine(_folder, MeasureStage.Measures));
    }
}
