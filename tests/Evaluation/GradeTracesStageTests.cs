using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests;

public sealed class GradeTracesStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grade-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_TellRightTracesFromWrongOnes_When_TheirAnswersAreCompared()
    {
        Question[] questions =
        [
            new("right", "text", "42"), new("wrong", "text", "42"), new("option", "text", "B") { Options = ["red", "green"] }, new("silent", "text", "42"),
            new("without", "text", "1"),
        ];
        Trace[] traces =
        [
            new("wrong", "42", "Answer: 24", 1), new("right", "24", "Answer: 42", 1), new("silent", "Answer: 42", "I do not know", 1),
            new("option", "", "Answer: green", 1),
        ];
        StageResult result = Run(questions, traces);

        Assert.Equal(
            [new TraceGrade("right", true), new TraceGrade("wrong", false), new TraceGrade("option", true), new TraceGrade("silent", false)],
            JsonLines.Read<TraceGrade>(Path.Combine(_folder, GradeTracesStage.Output)));
        Assert.Equal((4, 2, 1), (result.Counts["rows"], result.Counts["correct"], result.Counts["unparsed"]));
    }

    [Fact]
    public void Should_NameTheTrace_When_ItsQuestionIsNotInThePool() =>
        Assert.Contains(
            "'other'", Assert.Throws<UserErrorException>(() => Run([new("q", "text", "1")], [new("other", "", "Answer: 1", 1)])).Message,
            StringComparison.Ordinal);

    private StageResult Run(Question[] questions, Trace[] traces)
    {
        string first = Path.Combine(_folder, "in-questions"), second = Path.Combine(_folder, "in-traces");
        JsonLines.Write(first, questions);
        JsonLines.Write(second, traces);
        return new GradeTracesStage().Run(new StageContext
        {
            Parameters = new JsonObject { ["protocol"] = GradingProtocol.StrictAnswerLine },
            Inputs =
                new Dictionary<string, string>(StringComparer.Ordinal) { [GradeTracesStage.QuestionsRole] = first, [GradeTracesStage.TracesRole] = second },
            OutputFolder = _folder,
        });
    }
}
