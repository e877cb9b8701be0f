using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Tests.Recorded;

public sealed class ImportTracesStageTests : IDisposable
{
    private const string ById = """{"map": {"id": ["id"], "output": ["out"], "thinking": ["thought"], "tokens": ["n"], "finish": ["finish"]}}""";

    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Theory]
    [InlineData("""{"id": "q1", "out": "<think>\nWell.\n</think>\n\nSo 7."}""")]
    [InlineData("""{"id": "q1", "out": "Well.</think>So 7."}""")]
    [InlineData("""{"id": "q1", "out": "So 7.", "thought": "Well."}""")]
    [InlineData("""{"id": "q1", "out": {"role": "assistant", "content": "So 7.", "reasoning_content": "Well."}}""")]
    [InlineData("""{"id": "q1", "out": {"role": "assistant", "content": "So 7.", "reasoning": "Well."}}""")]
    [InlineData("""{"id": "q1", "out": {"role": "assistant", "content": "So 7.", "reasoning": "Well.", "reasoning_content": "Well."}}""")]
    [InlineData("""{"id": "q1", "out": [{"type": "thinking", "thinking": "Well."}, {"type": "text", "text": "So 7."}]}""")]
    [InlineData("""{"id": "q1", "out": [{"role": "user", "content": "?"}, {"role": "assistant", "content": "<THINK> Well. </THINK> So 7."}]}""")]
    [InlineData("""{"id": "q1", "out": ["<think>Well.</think>So 7.", "<think>Other.</think>So 8."]}""")]
    public void Should_GiveTheSameTrace_When_ItComesInAnotherForm(string row)
    {
        SourceFile file = _folder.Write("traces.jsonl", row);
        Trace trace = Assert.Single(Import(ById, file));
        Assert.Equal(("q1", "Well.", "So 7.", WordSplitter.Count("Well.")), (trace.QuestionId, trace.Thinking, trace.Answer, trace.Tokens));
        Assert.Equal($"{file.Digest.Short}:1", trace.Meta[QuestionMeta.Source]);
    }

    [Theory]
    [InlineData("""{"id": "q1", "out": "So 7."}""", "noThinking")]
    [InlineData("""{"id": "q1", "out": "<think> Well, "}""", "unclosedThinking")]
    [InlineData("""{"id": "q1", "out": {"content": null, "reasoning": "Well, "}}""", "unclosedThinking")]
    [InlineData("""{"id": "q1", "out": "<think> </think> So 7."}""", "emptyThinking")]
    [InlineData("""{"id": "q1", "out": "<think>Well.</think> "}""", "noAnswer")]
    [InlineData("""{"id": "q1", "out": "<think>Well.</think>So", "finish": "length"}""", "cutOff")]
    [InlineData("""{"id": "q9", "out": "<think>Well.</think>So 7."}""", "notAmongQuestions")]
    [InlineData("""{"id": "q2", "out": "<think>Well.</think>So 7."} x""", "damaged")]
    [InlineData("""{"id": "q1"}""", "missingField")]
    public void Should_RefuseWithAReason_When_TheRowIsNoTrace(string row, string reason)
    {
        SourceFile file = _folder.Write("traces.jsonl", row + "\n" + """{"id": "q2", "out": "<think>Well.</think>So 7.", "n": 41}""");
        Assert.Equal(("q2", 41), (Assert.Single(Import(ById, file)).QuestionId, _run.Records<Trace>("traces.jsonl")[0].Tokens));
        RefusedRow refused = Assert.Single(_run.Records<RefusedRow>("refused.jsonl"));
        Assert.Equal(("traces.jsonl:1", reason), (refused.Row, refused.Reason));
        Assert.Equal((1L, 1L, 1L), (_run.Result.Counts["rows"], _run.Result.Counts["dropped"], _run.Result.Counts["unanswered"]));
    }

    [Fact]
    public void Should_TakeTheNextRow_When_TheFirstOfAQuestionIsNoTrace()
    {
        SourceFile file = _folder.Write("traces.jsonl", """{"id": "q1", "out": "nothing"}""" + "\n" + """{"id": "q1", "out": "<think>a</think>b"}""");
        Assert.Empty(Import(ById, file));
        Assert.Equal("b", Assert.Single(Import(ById.Replace("{\"map\"", "{\"repeat\": 2, \"map\""), file)).Answer);
    }

    [Fact]
    public void Should_FindQuestionsByText_When_RowsAreNaturalReasonings()
    {
        // The schema of facebook/natural_reasoning; its responses are another model's answers, without thoughts.
        SourceFile file = _folder.Write(
            "nr.jsonl", """{"question": " What is\n2? ", "reference_answer": "2", "responses": [{"response_model": "m", "response": "It is two."}]}""");
        using StageRun run = new();
        JsonObject parameters = StageRun.Parse("""{"map": {"text": ["question"], "output": ["responses[0].response"]}}""");
        parameters["source"] = StageRun.Source(RowFormats.Jsonl, file);
        run.Run(new ImportAnswersStage(), parameters, (SourceOptions.Role, _folder.Path), ("questions", Questions()));
        Assert.Equal(("q2", "It is two."), (run.Records<ModelAnswer>("answers.jsonl")[0].QuestionId, run.Records<ModelAnswer>("answers.jsonl")[0].Output));
    }

    [Fact]
    public void Should_ReadSignals_When_SomebodyHasThem()
    {
        SourceFile annotations = _folder.Write(
            "a.csv",
            "text,domain,strategies,wordy\nWhat is 1?,Science,backtracking; self-verification;backtracking,7\nWhat is 2?,Law,,11\nWhat is 3?,Alchemy,x,3\n");
        Run(
            new ImportAnnotationsStage(),
            """{"domains": ["Law", "Science"], "map": {"text": "text", "domain": "domain", "strategies": "strategies?", "verbosity": "wordy"}}""",
            RowFormats.Csv, annotations);
        Annotation annotation = Assert.Single(_run.Records<Annotation>("annotations.jsonl"));
        Assert.Equal(
            ("q1", "Science", "backtracking|self-verification", 7),
            (annotation.QuestionId, annotation.Domain, string.Join('|', annotation.Strategies), annotation.Verbosity));
        Assert.Equal("{\"unknownValue\":1,\"wrongType\":1}", _run.Json("report.json")["refused"]!.ToJsonString());

        SourceFile judgements = _folder.Write(
            "j.jsonl",
            """{"id": "q3", "same": true}""" + "\n" + """{"id": "q1", "same": "no"}""" + "\n" + """{"id": "q1", "same": 1}""" + "\n"
                + """{"id": "q2", "same": "maybe"}""");
        Run(new ImportJudgementsStage(), """{"map": {"id": "id", "agree": "same"}}""", RowFormats.Jsonl, judgements);
        Assert.Equal([new Judgement("q3", true), new Judgement("q1", false)], _run.Records<Judgement>("judgements.jsonl"));
        Assert.Equal("{\"duplicateId\":1,\"wrongType\":1}", _run.Json("report.json")["refused"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"map": {"agree": "same"}}""", "which question")]
    [InlineData("""{"map": {"id": "id"}}""", "lacks 'agree'")]
    [InlineData("""{"map": {"id": "id", "agree": "a..b"}}""", "not a path")]
    [InlineData("""{"badRows": "skp", "map": {"id": "id", "agree": "a"}}""", "Did you mean 'skip'?")]
    public void Should_RefuseTheParameters_When_TheyCannotGiveJudgements(string parameters, string words) =>
        Assert.Contains(
            words,
            Assert.Throws<UserErrorException>(() => Run(new ImportJudgementsStage(), parameters, RowFormats.Jsonl, _folder.Write("j.jsonl", "{}"))).Message);

    private string Questions()
    {
        string path = Path.Combine(_folder.Path, "questions.jsonl");
        JsonLines.Write(path, Enumerable.Range(1, 3).Select(i => new Question($"q{i}", $"What is {i}?", $"{i}")));
        return path;
    }

    private List<Trace> Import(string parameters, SourceFile file)
    {
        string path = Path.Combine(_folder.Path, "two.jsonl");
        JsonLines.Write(path, Enumerable.Range(1, 2).Select(i => new Question($"q{i}", $"What is {i}?", $"{i}")));
        JsonObject all = StageRun.Parse(parameters);
        all["source"] = StageRun.Source(RowFormats.Jsonl, file);
        _run.Run(new ImportTracesStage(), all, (SourceOptions.Role, _folder.Path), ("questions", path));
        return _run.Records<Trace>("traces.jsonl");
    }

    private void Run(IStage stage, string parameters, string format, SourceFile file)
    {
        JsonObject all = StageRun.Parse(parameters);
        all["source"] = StageRun.Source(format, file);
        _run.Run(stage, all, (SourceOptions.Role, _folder.Path), ("questions", Questions()));
    }
}
