using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests.ProtocolSpread;

public sealed class ProtocolSpreadStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spread-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_TellTheProtocolsApart_When_TheyGradeTheSameAnswers()
    {
        StageResult result = Run(["strict-answer-line/2", "mmlu-pro-api/f418b11", "simple-evals-gpqa/ee3b031"]);

        // All say right; strict and mmlu-pro read "The answer is"; nobody finds an answer, mmlu-pro draws one of four.
        Assert.Equal(
            """
            protocol,questions,accuracy,correct,wrong,unparsed,unparsed_rate,guessed,undecided
            strict-answer-line/2,3,0.666667,2,0,1,0.333333,0,0
            mmlu-pro-api/f418b11,3,0.750000,2,0,0,0.333333,1,0
            simple-evals-gpqa/ee3b031,3,0.333333,1,0,2,0.666667,0,0

            """,
            File.ReadAllText(Path.Combine(_folder, "protocols.csv")));
        ProtocolSpreadReport report = ProtocolSpreadReport.Read(Path.Combine(_folder, "report.json"));
        Assert.Equal((3, 2, 1.0 / 3, 0.75), (report.Questions, report.Split, report.Lowest, report.Highest));
        Assert.Equal(2, result.Counts["split"]);

        List<ProtocolDisagreement> disagreements = JsonLines.Read<ProtocolDisagreement>(Path.Combine(_folder, "disagreements.jsonl"));
        Assert.Equal(["says so", "silent"], disagreements.Select(row => row.QuestionId));
        Assert.Equal(["right", "unparsed", "right"], disagreements[0].Verdicts.Values);
        Assert.Equal(["guessed", "unparsed", "unparsed"], disagreements[1].Verdicts.Values);
        Assert.Equal(ContentHash.OfText("The answer is B.").Hex, disagreements[0].AnswerDigest);
    }

    [Fact]
    public void Should_GiveTheSameFiles_When_ThreadsDiffer()
    {
        string[] protocols = ["strict-answer-line/2", "supergpqa-zero-shot/03a3e27"];
        Run(protocols);
        string one = File.ReadAllText(Path.Combine(_folder, "disagreements.jsonl"));
        Run(protocols, threads: 4);
        Assert.Equal(one, File.ReadAllText(Path.Combine(_folder, "disagreements.jsonl")));
    }

    [Fact]
    public void Should_NameWhatIsWrong_When_ProtocolsAreUnknownOrOne()
    {
        Assert.Contains(
            "'strict-answer-line/2'", Assert.Throws<UserErrorException>(() => Run(["strict-answer-line/1", "mmlu-pro-api/f418b11"])).Errors[0].Hint);
        Assert.Contains("two or more", Assert.Throws<UserErrorException>(() => Run(["mmlu-pro-api/f418b11"])).Message);
        Assert.Contains("two or more", Assert.Throws<UserErrorException>(() => Run(["mmlu-pro-api/f418b11", "mmlu-pro-api/f418b11"])).Message);
    }

    private StageResult Run(string[] protocols, int threads = 1)
    {
        string[] options = ["red", "green", "blue", "white"];
        (string Id, string Output)[] rows = [("labelled", "Answer: B"), ("says so", "The answer is B."), ("silent", "hm")];
        Dictionary<string, string> inputs = new[] { "questions", "answers" }.ToDictionary(role => role, role => Path.Combine(_folder, role + ".jsonl"));
        JsonLines.Write(inputs["questions"], rows.Select(row => new Question(row.Id, "?", "B") { Options = options }));
        JsonLines.Write(inputs["answers"], rows.Select(row => new ModelAnswer(row.Id, "p", row.Output, 1, false)));
        JsonArray names = [.. protocols.Select(name => JsonValue.Create(name))];
        return new ProtocolSpreadStage().Run(
            new StageContext { Parameters = new JsonObject { ["protocols"] = names }, Inputs = inputs, OutputFolder = _folder, Threads = threads });
    }
}
