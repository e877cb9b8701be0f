using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Reading;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Tests.Recorded;

public sealed class ImportAnswersStageTests : IDisposable
{
    private static readonly Question[] Bees =
    [
        new("70", "What do bees make?", "B") { Options = ["milk", "honey", "silk"] },
        new("71", "What is NaCl?", "B") { Options = ["sugar", "salt"] },
        new("72", "Which  metal\nis liquid?", "A") { Options = ["mercury", "iron"] },
    ];

    private static readonly Question[] Sums = [.. Enumerable.Range(0, 3).Select(i => new Question($"sum{i}", $"What is {i} + 1?", $"{i + 1}"))];

    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void Should_KeepTheProgramsVerdict_When_RowsAreMmluPros()
    {
        const string rows = """
            [{"question_id": 70, "question": "What do bees make?", "options": ["milk", "honey", "silk"], "answer": "B", "answer_index": 1, "cot_content": "", "category": "biology", "src": "x", "pred": "B", "generated_text": " The answer is (B)."},
             {"question_id": 71, "question": "What is NaCl?", "options": ["sugar", "salt"], "answer": "B", "answer_index": 1, "cot_content": "", "category": "chemistry", "src": "x", "pred": null, "model_outputs": "I do not know."}]
            """;
        List<ModelAnswer> answers = Import(Bees, RowFormats.Json, """{"format": "mmlu-pro"}""", _folder.Zip("model.zip", ("out.json", rows)));
        Assert.Equal([("70", " The answer is (B)."), ("71", "I do not know.")], answers.Select(answer => (answer.QuestionId, answer.Output)));
        SourceFile file = new(Path.Combine(_folder.Path, "model.zip"), "model.zip", ContentHash.OfFile(Path.Combine(_folder.Path, "model.zip")));
        Assert.Equal(
            [
                new RecordedAnswer("70", $"{file.Digest.Short}/out.json:1", 1, "B", "B", true),
                new RecordedAnswer("71", $"{file.Digest.Short}/out.json:2", 1, "B", null, false),
            ],
            _run.Records<RecordedAnswer>("recorded.jsonl"));
        Assert.Equal(["70", "71"], _run.Records<Question>("questions.jsonl").Select(question => question.Id));
        Assert.Equal((2L, 1L), (_run.Result.Counts["rows"], _run.Result.Counts["unanswered"]));
    }

    [Fact]
    public void Should_TakeOneFilter_When_LmEvalWritesARowForEach()
    {
        static string Row(string filter, string extracted, int id) => $$"""
            {"doc_id": {{id}}, "doc": {"question_id": {{70 + id}}, "question": "{{Bees[id].Text.Replace("\n", "\\n")}}", "options": ["{{string.Join("\", \"", Bees[id].Options)}}", "N/A"], "answer": "B"}, "target": "B", "arguments": {"gen_args_0": {"arg_0": "Q: ...", "arg_1": {"until": [] } } }, "resps": [["first {{id}}", "second {{id}}"]], "filtered_resps": ["{{extracted}}"], "filter": "{{filter}}", "metrics": ["exact_match"], "exact_match": {{(extracted == "B" ? "1.0" : "0.0")}}}

            """;
        SourceFile file = _folder.Write(
            "samples_x.jsonl", Row("strict", "[invalid]", 0) + Row("strict", "B", 1) + Row("flexible", "A", 0) + Row("flexible", "B", 1));
        Assert.Equal(["first 0", "first 1"], Import(Bees, RowFormats.Jsonl, """{"format": "lm-eval"}""", file).Select(answer => answer.Output));
        Assert.Equal([(null, false), ("B", (bool?)true)], _run.Records<RecordedAnswer>("recorded.jsonl").Select(answer => (answer.Prediction, answer.Correct)));
        Assert.Equal("{\"otherFilter\":2}", _run.Json("report.json")["aside"]!.ToJsonString());
        Assert.Equal(
            ["second 0", "second 1"],
            Import(Bees, RowFormats.Jsonl, """{"format": "lm-eval", "repeat": 2, "filter": "flexible"}""", file).Select(answer => answer.Output));
        Assert.Equal(["A", "B"], _run.Records<RecordedAnswer>("recorded.jsonl").Select(answer => answer.Prediction));
    }

    [Fact]
    public void Should_FindTheQuestionInThePrompt_When_LightevalKeepsNoText()
    {
        SourceFile file = new(TempFolder.Fixture("details.parquet"), "details.parquet", ContentHash.OfFile(TempFolder.Fixture("details.parquet")));
        List<ModelAnswer> first = Import(Sums, RowFormats.Parquet, """{"format": "lighteval"}""", file, Path.GetDirectoryName(file.Path));
        Assert.Equal([("sum0", "It is 1."), ("sum1", "It is 2."), ("sum2", "It is 3.")], first.Select(answer => (answer.QuestionId, answer.Output)));
        Assert.Equal(
            "<think> Hm. </think> No idea.",
            Import(Sums, RowFormats.Parquet, """{"format": "lighteval", "repeat": 2}""", file, Path.GetDirectoryName(file.Path))[0].Output);
    }

    [Fact]
    public void Should_ReadMessagesAndEpochs_When_TheLogIsInspects()
    {
        static string Sample(int epoch, string content, string stop, string value) => $$"""
            {"id": 70, "epoch": {{epoch}}, "input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What do bees make?"}], "choices": ["silk", "honey", "milk"], "target": ["B"],
             "messages": [], "output": {"model": "m", "choices": [{"message": {"role": "assistant", "content": {{content}} }, "stop_reason": "{{stop}}"}], "usage": {"input_tokens": 9, "output_tokens": 17} },
             "scores": {"choice": {"value": "{{value}}", "answer": "B"} } }
            """;
        SourceFile file = _folder.Zip(
            "log.eval",
            ("header.json", """{"eval": {"task": "bees"}}"""),
            ("samples/70_epoch_1.json", Sample(1, "\"ANSWER: B\"", "stop", "C")),
            ("samples/70_epoch_2.json", Sample(
                2, """[{"type": "reasoning", "reasoning": "Bees..."}, {"type": "text", "text": "ANSWER: B"}]""", "max_tokens", "I")));
        ModelAnswer first = Assert.Single(Import(Bees, RowFormats.Json, """{"format": "inspect"}""", file));
        Assert.Equal(new ModelAnswer("70", "", "ANSWER: B", 17, false), first);
        Question seen = Assert.Single(_run.Records<Question>("questions.jsonl"));
        Assert.Equal(("silk|honey|milk", "B"), (string.Join('|', seen.Options), seen.Reference));
        ModelAnswer second = Assert.Single(Import(Bees, RowFormats.Json, """{"format": "inspect", "repeat": 2}""", file));
        Assert.Equal(("<think> Bees... </think> ANSWER: B", true), (second.Output, second.Truncated));
        Assert.False(Assert.Single(_run.Records<RecordedAnswer>("recorded.jsonl")).Correct);
    }

    [Fact]
    public void Should_CountFilesAsRepeats_When_TheyAreNemoSkills()
    {
        SourceFile[] files =
        [
            .. new[] { 10, 2, 0 }.Select(seed => _folder.Write(
                $"output-rs{seed}.jsonl",
                string.Concat(Sums.Select(sum => $$"""{"problem": "{{sum.Text}}", "expected_answer": "{{sum.Reference}}", "generation": "seed {{seed}}", "num_generated_tokens": {{seed + 5}}, "predicted_answer": "{{sum.Reference}}", "is_correct": true, "finish_reason": "length"}""" + "\n")))),
        ];
        for (int repeat = 1; repeat <= 3; repeat++)
        {
            List<ModelAnswer> answers = Import(Sums, RowFormats.Jsonl, $$"""{"format": "nemo-skills", "repeat": {{repeat}}}""", files);
            int seed = new[] { 0, 2, 10 }[repeat - 1];
            Assert.Equal(Sums.Select(sum => new ModelAnswer(sum.Id, "", $"seed {seed}", seed + 5, true)), answers);
        }

        Assert.Equal(3, (int)_run.Json("report.json")["repeats"]!);
        Assert.Contains(
            "None of the 9 rows",
            Assert.Throws<UserErrorException>(() => Import(Sums, RowFormats.Jsonl, """{"format": "nemo-skills", "repeat": 4}""", files)).Message);
    }

    [Fact]
    public void Should_PutThoughtsInTags_When_TheyHaveAFieldOfTheirOwn()
    {
        string rows = """
            {"id": "sum0", "message": {"role": "assistant", "content": "One.", "reasoning_content": "0 and 1."}}
            {"id": "sum1", "message": {"role": "assistant", "content": null, "reasoning": "1 and 1 and"}, "finish": "length"}
            {"id": "sum2", "message": {"role": "assistant", "content": "<think>2 and 1</think>Three."}}
            """;
        List<ModelAnswer> answers = Import(
            Sums, RowFormats.Jsonl, """{"map": {"id": ["id"], "output": ["message"], "finish": ["finish"]}}""", _folder.Write("a.jsonl", rows));
        Assert.Equal(["<think> 0 and 1. </think> One.", "<think> 1 and 1 and", "<think>2 and 1</think>Three."], answers.Select(answer => answer.Output));
        Assert.Equal([false, true, false], answers.Select(answer => answer.Truncated));
        Assert.Equal(WordSplitter.Count(answers[0].Output), answers[0].Tokens);
        Assert.Contains("their words are counted", Assert.Single(_run.Result.Warnings));
    }

    [Fact]
    public void Should_CountByReason_When_RowsMatchNoQuestion()
    {
        string rows = """
            {"id": 70, "q": "What do wasps make?", "out": "x"}
            {"id": 71, "q": "What is NaCl?", "options": ["sugar", "pepper"], "out": "x"}
            {"id": 99, "q": "Something else?", "out": "x"}
            {"id": 99, "q": "Which metal is liquid?", "options": ["iron", "mercury"], "out": "Answer: B"}
            {"id": 72}
            """;
        Import(Bees, RowFormats.Jsonl, """{"map": {"id": ["id"], "text": ["q"], "options": ["options"], "output": ["out"]}}""", _folder.Write("a.jsonl", rows));
        Assert.Equal("{\"missingField\":1,\"notAmongQuestions\":1,\"optionsDiffer\":1,\"textDiffers\":1}", _run.Json("report.json")["refused"]!.ToJsonString());
        Assert.Equal(["a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "a.jsonl:5"], _run.Records<RefusedRow>("refused.jsonl").Select(row => row.Row));

        // The fourth is found by its text, and its B is the mercury of its own order.
        Question question = Assert.Single(_run.Records<Question>("questions.jsonl"));
        Assert.Equal(("72", "B", "mercury"), (question.Id, question.Reference, question.Options[1]));
    }

    [Fact]
    public void Should_ReadTheOrderOffThePrompt_When_RowsHaveNoOptions()
    {
        string rows = """
            {"prompt": "Answer.\n\nWhat do bees make?\n\nA) honey\nB) silk\nC) milk", "out": "Answer: A"}
            {"prompt": "What is NaCl?", "out": "Answer: B"}
            """;
        Import(Bees, RowFormats.Jsonl, """{"map": {"prompt": ["prompt"], "output": ["out"]}}""", _folder.Write("a.jsonl", rows));
        List<Question> questions = _run.Records<Question>("questions.jsonl");
        Assert.Equal([("70", "A"), ("71", "B")], questions.Select(question => (question.Id, question.Reference)));
        Assert.Equal(["honey", "silk", "milk"], questions[0].Options);
        Assert.Equal(1, (int)_run.Json("report.json")["orderAssumed"]!);
    }

    [Fact]
    public void Should_QuoteNothing_When_TheQuestionsAreConfidential()
    {
        Question[] secret = [.. Bees.Select(question => question with { Meta = new() { [QuestionMeta.Confidential] = "true" } })];
        string rows = """
            {"id": 70, "q": "What do wasps make?", "out": "x", "correct": "honey perhaps"}
            {"id": 71, "q": "What is NaCl?", "options": ["sugar", "pepper"], "out": "x"}
            {"id": 72, "q": "Which metal is liquid?", "out": "fine"}
            """;
        Import(
            secret, RowFormats.Jsonl, """{"map": {"id": ["id"], "text": ["q"], "options": ["options"], "output": ["out"], "correct": ["correct"]}}""",
            _folder.Write("a.jsonl", rows));
        string published = File.ReadAllText(_run.PathOf("refused.jsonl")) + File.ReadAllText(_run.PathOf("report.json")) + string.Join(
            ' ', _run.Result.Warnings);
        Assert.All(new[] { "wasps", "pepper", "NaCl", "honey", "liquid" }, word => Assert.DoesNotContain(word, published));
    }

    [Theory]
    [InlineData("""{"format": "lm_eval"}""", "Did you mean 'lm-eval'?")]
    [InlineData("""{}""", "which field has the answers")]
    [InlineData("""{"map": {"output": ["x"]}}""", "what was asked")]
    [InlineData("""{"format": "inspect", "repeat": 0}""", "Repeats count from 1")]
    [InlineData("""{"format": "inspect", "matchBy": "ids"}""", "Did you mean 'id'?")]
    [InlineData("""{"format": "inspect", "map": {"id": ["a[b]"]}}""", "not a path")]
    public void Should_RefuseTheParameters_When_TheyCannotGiveAnswers(string parameters, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => Import(Bees, RowFormats.Jsonl, parameters, _folder.Write("a.jsonl", "{}"))).Message);

    // The right shares are those of the six files' own `pred`, as the README beside the files has them.
    [DataFact("mmlu_pro/gemini-1.5-pro-002.zip")]
    public void Should_ReadEveryAnswer_When_TheOwnersFilesAreThere()
    {
        string folder = Path.Combine(DataFactAttribute.Folder!, "mmlu_pro");
        (string Model, int Rows, double Right, int Silent)[] seen =
        [
            ("Meta-Llama-3_1-8B-Instruct", 12032, 44.19, 0),
            ("Meta-Llama-3_1-70B-Instruct", 12032, 62.82, 0),
            ("Mixtral-8x7B-Instruct-v0.1", 12032, 41.89, 1426),
            ("Phi-3-mini-4k-instruct", 12032, 41.48, 1855),
            ("Qwen1.5-72B-Chat", 12032, 47.15, 2211),
            ("gemini-1.5-pro-002", 12020, 70.25, 8),
        ];
        foreach ((string model, int rows, double right, int silent) in seen)
        {
            string path = Path.Combine(folder, model + ".zip");
            SourceFile file = new(path, model + ".zip", ContentHash.OfFile(path));
            using StageRun questions = new();
            JsonObject map = StageRun.Parse(
                """{"id": "question_id", "text": "question", "options": {"list": "options"}, "reference": {"field": "answer", "as": "letter"}}""");
            questions.Run(
                new Sources.Questions.ImportQuestionsStage(), new() { ["source"] = StageRun.Source(RowFormats.Json, file), ["map"] = map },
                (SourceOptions.Role, folder));
            _run.Run(
                new ImportAnswersStage(),
                new() { ["source"] = StageRun.Source(RowFormats.Json, file), ["format"] = RecordedFormats.MmluPro },
                (SourceOptions.Role, folder),
                ("questions", questions.PathOf("questions.jsonl")));
            JsonObject report = _run.Json("report.json");
            Assert.Equal((rows, rows - silent), ((int)report["answers"]!, (int)report["predicted"]!));
            Assert.Equal(right, Math.Round(100.0 * (int)report["correct"]! / rows, 2));
            Assert.Equal(0, (int)report["referenceDiffers"]! + (int)report["orderAssumed"]!);
        }
    }

    private List<ModelAnswer> Import(Question[] questions, string rows, string parameters, params SourceFile[] files) =>
        Import(questions, rows, parameters, files, _folder.Path);

    private List<ModelAnswer> Import(Question[] questions, string rows, string parameters, SourceFile file, string? folder) =>
        Import(questions, rows, parameters, [file], folder!);

    private List<ModelAnswer> Import(Question[] questions, string rows, string parameters, SourceFile[] files, string folder)
    {
        string path = Path.Combine(_folder.Path, "questions.jsonl");
        JsonLines.Write(path, questions);
        JsonObject all = StageRun.Parse(parameters);
        JsonObject source = StageRun.Source(rows, files);
        if (RecordedFormats.Entries((string?)all["format"] ?? "") is { } entries)
        {
            source["entries"] = new JsonArray([.. entries.Select(entry => (JsonNode)entry)]);
        }

        all["source"] = source;
        _run.Run(new ImportAnswersStage(), all, (SourceOptions.Role, folder), ("questions", path));
        return _run.Records<ModelAnswer>("answers.jsonl");
    }
}
