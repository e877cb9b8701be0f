using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Sources.Tests.Runs;

/// <summary>Small files of our own, each row in exactly the schema of its writer.</summary>
public sealed class RunReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_TakeEveryMetricAndFilter_When_RowsAreOfLmEval()
    {
        _folder.Write(
            "samples_gsm8k_2026-08-21T19-56-54.123456.jsonl",
            LmEval(0, "Two and two?", "strict-match", "\"exact_match\"", "\"exact_match\": 0.0")
            + LmEval(1, "Three?", "strict-match", "\"exact_match\"", "\"exact_match\": 1.0")
            + LmEval(0, "Two and two?", "flexible-extract", "\"exact_match\"", "\"exact_match\": 1.0")
            + LmEval(1, "Three?", "flexible-extract", "\"exact_match\"", "\"exact_match\": NaN"));

        RunTask task = Assert.Single(Read().Tasks);

        Assert.Equal("gsm8k", task.Name);
        Assert.Equal(["exact_match,strict-match", "exact_match,flexible-extract"], task.Metrics);
        Assert.Equal([[0, 1], [1, double.NaN]], task.Questions.Select(question => Assert.Single(question.Answers).Scores));
        Assert.Equal(["Two and two?", "Three?"], task.Questions.Select(question => question.Text));
        Assert.Equal("4", task.Questions[0].Answers[0].Answer);
        Assert.Equal(1, task.Repeats);
    }

    [Fact]
    public void Should_TakeAccuracyFirst_When_ATaskHasSeveralMetrics()
    {
        _folder.Write(
            "samples_arc_easy_2026-08-21T19-56-54.123456.jsonl",
            LmEval(0, "Q", "none", "\"acc_norm\", \"acc\", \"bleu\"", "\"acc_norm\": 1.0, \"acc\": 0.0, \"bleu\": [\"a\", \"b\"]"));
        Assert.Equal(["acc", "acc_norm"], Assert.Single(Read().Tasks).Metrics);
    }

    [Fact]
    public void Should_ReadOlderRows_When_TheyDoNotListTheirMetrics()
    {
        _folder.Write("samples_old_2024-01-01T00-00-00.1.jsonl", """{"doc_id": 7, "doc": {"passage": "P"}, "target": "1", "arguments": [], "resps": [["1"]], "filtered_resps": ["1"], "acc": true, "perplexity": 12.5}""");
        RunTask task = Assert.Single(Read().Tasks);
        Assert.Equal(["acc"], task.Metrics);
        Assert.Equal("7", task.Questions[0].Name);
    }

    [Fact]
    public void Should_ReadEpochsScoresAndSuperseded_When_ALogIsOfInspect()
    {
        _folder.Write("2026-08-22T12-01-19+00-00_sums_abc.eval", Zip(
            ("header.json", """{"version": 2, "status": "success", "eval": {"created": "2026-08-22T12:01:19+00:00", "task": "sums", "model": "m/one", "dataset": {}, "config": {}}}"""),
            ("samples/1_epoch_1.json", Inspect("1", 1, "\"I\"")),
            ("samples/1_epoch_2.json", Inspect("1", 2, "\"P\"")),
            ("samples/q_epoch_1.json", Inspect("\"q\"", 1, "NaN")),
            ("samples/q_epoch_2.json", Inspect("\"q\"", 2, "{\"first\": 1, \"second\": \"I\"}")),
            ("samples/1_epoch_1.json", Inspect("1", 1, "\"C\"")),
            ("summaries.json", "[]")));

        RecordedRun run = Read();

        Assert.Equal("m/one", run.Model);
        RunTask task = Assert.Single(run.Tasks);
        Assert.Equal("sums", task.Name);
        Assert.Equal(["match", "match/first", "match/second"], task.Metrics);
        Assert.Equal([[1, double.NaN, double.NaN], [0.5, double.NaN, double.NaN]], task.Questions[0].Answers.Select(answer => answer.Scores));
        Assert.Equal([[double.NaN, double.NaN, double.NaN], [double.NaN, 1, 0]], task.Questions[1].Answers.Select(answer => answer.Scores));
        Assert.Equal([7d, 7d], task.Questions[0].Answers.Select(answer => answer.Tokens!.Value));
        Assert.Equal("42", task.Questions[0].Answers[0].Answer);
        Assert.Empty(task.Notes);
    }

    [Fact]
    public void Should_UnpackIt_When_ALogIsCompressedByZstandard()
    {
        _folder.Write("2026-08-22T12-01-19+00-00_sums_abc.eval", ZstandardZip.Of(
            ("_journal/start.json", """{"version": 2, "eval": {"created": "2026-08-22T12:01:19+00:00", "task": "sums", "model": "m"}}"""),
            ("samples/1_epoch_1.json", Inspect("1", 1, "\"I\"")),
            ("samples/1_epoch_1.json", Inspect("1", 1, "\"C\""))));

        RunTask task = Assert.Single(Read().Tasks);

        Assert.Equal([1], Assert.Single(task.Questions).Answers[0].Scores);
        Assert.Contains("has the status 'started'", Assert.Single(task.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayThatItIsDamaged_When_ZstandardIsCutOff()
    {
        byte[] zip = ZstandardZip.Of(
            ("header.json", """{"status": "success", "eval": {"task": "sums"}}"""), ("samples/1_epoch_1.json", Inspect("1", 1, "\"C\"")));
        int at = Encoding.Latin1.GetString(zip).IndexOf("samples/1_epoch_1.json", StringComparison.Ordinal) + 30;
        zip.AsSpan(at, 40).Clear();
        _folder.Write("2026-08-22T12-01-19+00-00_sums_abc.eval", zip);
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(Read).Errors);
        Assert.Contains("damaged or cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_SayThatItIsNone_When_ALogIsNoZip()
    {
        _folder.Write("2026-08-22T12-01-19+00-00_sums_abc.eval", "<html>");
        Assert.Contains("This is not an Inspect log", Assert.Throws<UserErrorException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_TakeFilesAsRepeats_When_TheyAreOfNemoSkills()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "eval-results", "math-500")).FullName;
        foreach ((int seed, bool right, string judgement) in new[] { (0, true, "Reasoning\nJudgement: Yes"), (2, false, "Judgement: No"), (10, true, "maybe") })
        {
            File.WriteAllText(
                Path.Combine(folder, $"output-rs{seed}.jsonl"),
                $$"""{"problem": "1+1?", "expected_answer": "2", "generation": "2", "num_generated_tokens": {{seed}}, "predicted_answer": "{{seed}}", "symbolic_correct": {{(right ? "true" : "false")}}, "judgement": {{System.Text.Json.JsonSerializer.Serialize(judgement)}}}""");
        }

        RunTask task = Assert.Single(Read().Tasks);

        Assert.Equal(("math-500", 3), (task.Name, task.Repeats));
        Assert.Equal(["symbolic_correct", "judge_correct"], task.Metrics);
        Assert.Equal([[1, 1], [0, 0], [1, 0]], Assert.Single(task.Questions).Answers.Select(answer => answer.Scores));
        Assert.Equal(["0", "2", "10"], task.Questions[0].Answers.Select(answer => answer.Answer));
        Assert.False(task.RepeatsAreRuns);
    }

    [Fact]
    public void Should_CompareWithTheReference_When_RowsAreOfMmluPro()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "r"));
        File.WriteAllText(Path.Combine(_folder.Path, "r", "biology_result.json"), "[" + Mmlu(1, "A") + "," + Mmlu(2, null) + "]");
        File.WriteAllText(Path.Combine(_folder.Path, "r", "law_result.json"), "[" + Mmlu(3, "B") + "]");
        File.WriteAllText(Path.Combine(_folder.Path, "r", "law_summary.json"), """{"total": {"acc": 0.5}}""");

        RunTask task = Assert.Single(Read().Tasks);

        Assert.Equal("MMLU-Pro", task.Name);
        Assert.Equal("pred = answer", Assert.Single(task.Metrics));
        Assert.Equal([1, 0, 0], task.Questions.Select(question => Assert.Single(question.Answers).Scores[0]));

        _folder.Zip("other.zip", ("all.json", "[" + Mmlu(3, "A") + "]"));
        Assert.Contains("3 files answer 'MMLU-Pro'", Assert.Throws<UserErrorException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_ReadAnyTable_When_AMapSaysWhatStandsWhere()
    {
        _folder.Write("a.csv", "qid,ok,said,n,round\nx,1,\"A, \"\"B\"\"\",10,1\nx,0,,20,2\ny,true,C,30,1\ny,wrong,D,40,2\n");
        RunTask task = Assert.Single(Read("id=qid,correct=right|ok,answer=said,tokens=n,repeat=round").Tasks);
        Assert.Equal((RunTask.All, 2), (task.Name, task.Repeats));
        Assert.Equal(["ok"], task.Metrics);
        Assert.Equal([[1, 0], [1, 0]], task.Questions.Select(question => question.Answers.Select(answer => answer.Scores[0])));
        Assert.Equal(["A, \"B\"", null], task.Questions[0].Answers.Select(answer => answer.Answer));
        Assert.Equal(25, task.Questions.SelectMany(question => question.Answers).Average(answer => answer.Tokens));
    }

    [Fact]
    public void Should_LookForItsOwnFields_When_AMapNamesOthers()
    {
        _folder.Write(
            "samples_sums_2026-08-21T19-56-54.1.jsonl",
            LmEval(0, "Q", "none", "\"acc\"", "\"acc\": 1") + LmEval(1, "R", "none", "\"acc\"", "\"acc\": 1, \"judge\": 0, \"name\": \"r\""));
        RunTask task = Assert.Single(Read("id=name,correct=judge").Tasks);
        Assert.Equal(["acc", "judge"], task.Metrics);
        Assert.Equal([null, "r"], task.Questions.Select(question => question.Id));
        Assert.Equal([[1, double.NaN], [double.NaN, 0]], task.Questions.Select(question => question.Answers[0].Scores));
    }

    [Fact]
    public void Should_HoldAnswerAgainstReference_When_AMapNamesNoVerdict()
    {
        _folder.Write("a.jsonl", """
            {"q": {"text": " What\nis it? "}, "set": "one", "gold": 4, "out": "4"}
            {"q": {"text": "What is it?"}, "set": "two", "gold": 4, "out": "5"}

            """);
        RecordedRun run = Read("text=q.text,answer=out,reference=gold,task=set");
        Assert.Equal(["one", "two"], run.Tasks.Select(task => task.Name));
        Assert.Equal([1, 0], run.Tasks.Select(task => task.Questions[0].Answers[0].Scores[0]));
        Assert.Equal(run.Tasks[0].Questions[0].TextKey, run.Tasks[1].Questions[0].TextKey);
    }

    [Fact]
    public void Should_CompareTheSecondWithTheSecond_When_TextsStandTwiceWithoutAnId()
    {
        _folder.Write("a.jsonl", """
            {"q": "same", "ok": true}
            {"q": "other", "ok": true}
            {"q": "third", "ok": true}
            {"q": "same", "ok": false}

            """);
        RunTask task = Assert.Single(Read("text=q,correct=ok").Tasks);
        Assert.Equal(1, task.Repeats);
        Assert.Equal([1, 0, 1, 1], task.Questions.Select(question => question.Answers[0].Scores[0]));
        Assert.Equal(task.Questions[0].TextKey + "#2", task.Questions[1].TextKey);
        Assert.StartsWith("1 texts appear more than once in ", Assert.Single(task.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples_gpqa_diamond_2026-08-21T19-56-54.1.jsonl", true)]
    [InlineData("samples_gsm8k_2026-08-21T19-56-54.1.jsonl", false)]
    public void Should_BeConfidential_When_ItIsGpqa(string name, bool isConfidential)
    {
        _folder.Write(name, LmEval(0, "Q", "none", "\"acc\"", "\"acc\": 0"));
        Assert.Equal(isConfidential, Assert.Single(Read().Tasks).IsConfidential);
    }

    [Fact]
    public void Should_AskWhatTheyAre_When_SeveralFilesAnswerABenchmark()
    {
        _folder.Write("samples_sums_2026-08-21T19-56-54.1.jsonl", LmEval(0, "Q", "none", "\"acc\"", "\"acc\": 0"));
        _folder.Write("samples_sums_2026-08-21T19-56-54.2.jsonl", LmEval(0, "Q", "none", "\"acc\"", "\"acc\": 1"));
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(Read).Errors);
        Assert.StartsWith("2 files answer 'sums': ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--repeats", error.Hint, StringComparison.Ordinal);

        RunTask task = Assert.Single(RunReader.Read(_folder.Path, "x", new RunOptions { FilesAreRepeats = true }).Tasks);
        Assert.Equal([0, 1], Assert.Single(task.Questions).Answers.Select(answer => answer.Scores[0]));
        Assert.True(task.RepeatsAreRuns);
    }

    [Fact]
    public void Should_NameTheFormats_When_AFolderHasSeveral()
    {
        _folder.Write("samples_sums_2026-08-21T19-56-54.1.jsonl", LmEval(0, "Q", "none", "\"acc\"", "\"acc\": 0"));
        _folder.Write("output-rs0.jsonl", "");
        Assert.Contains("lm-eval (1), nemo-skills (1)", Assert.Throws<UserErrorException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameTheFields_When_AFileIsNotKnown()
    {
        _folder.Write("mine.csv", "question,is_right\na,1\n");
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(Read).Errors);
        Assert.Contains("question, is_right", error.Message, StringComparison.Ordinal);
        Assert.Contains("--map", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id=q", "does not say what the verdict is")]
    [InlineData("correct=ok", "does not say what was asked")]
    [InlineData("id=q,corect=ok,tokens", "Did you mean 'correct'?", "'tokens' is not a part of a field map")]
    [InlineData("id=q,id=p,correct=a..b", "appears twice", "is not a path")]
    public void Should_SayAllThatIsWrong_When_AMapIsNone(string map, params string[] messages)
    {
        _folder.Write("mine.csv", "q,ok\na,1\n");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Read(map));
        Assert.All(messages, message => Assert.Contains(error.Errors, item => item.ToString().Contains(message, StringComparison.Ordinal)));
        Assert.Equal(messages.Length, error.Errors.Count);
    }

    [Theory]
    [InlineData("{\"q\": \"a\", \"ok\": true}\n{\"q\": ", "mine.jsonl:2: The JSON is wrong")]
    [InlineData("{\"q\": \"a\", \"ok\": 7}\n", "neither true nor false")]
    [InlineData("{\"other\": \"a\", \"ok\": 1}\n", "neither an id nor a text")]
    [InlineData("{\"q\": \"a\", \"t\": \"one\", \"ok\": 1}\n{\"q\": \"a\", \"t\": \"two\", \"ok\": 1}\n", "belongs to two texts")]
    [InlineData("{\"q\": \"a\", \"r\": 1, \"ok\": 1}\n{\"q\": \"a\", \"r\": 1, \"ok\": 1}\n", "has an answer of repeat 1 already")]
    [InlineData("\n", "The file has no row")]
    public void Should_NameFileAndRow_When_ARowIsWrong(string text, string message)
    {
        _folder.Write("mine.jsonl", text);
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => Read("id=q,text=t,correct=ok,repeat=r")).Errors);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    private static string LmEval(int id, string question, string filter, string metrics, string values) =>
        $$$$"""{"doc_id": {{{{id}}}}, "doc": {"question": "{{{{question}}}}", "answer": "4"}, "target": "4", "arguments": {"gen_args_0": {"arg_0": "Question: {{{{question}}}}", "arg_1": {"until": []}}}, "resps": [["so it is 4"]], "filtered_resps": ["4"], "filter": "{{{{filter}}}}", "metrics": [{{{{metrics}}}}], "doc_hash": "ab{{{{id}}}}", "prompt_hash": "cd", "target_hash": "ef", {{{{values}}}}}""" + "\n";

    private static string Inspect(string id, int epoch, string value) =>
        $$$$"""{"id": {{{{id}}}}, "epoch": {{{{epoch}}}}, "input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is {{{{id.Trim('"')}}}}?"}], "target": "42", "messages": [], "output": {"model": "m", "choices": [{"message": {"role": "assistant", "content": "ANSWER: 42"}, "stop_reason": "stop"}], "completion": "ANSWER: 42", "usage": {"input_tokens": 5, "output_tokens": 7, "total_tokens": 12}}, "scores": {"match": {"value": {{{{value}}}}, "answer": "42", "explanation": "a \"NaN\" in text", "history": []}}, "metadata": {}, "store": {}, "events": [], "model_usage": {}, "attachments": {}}""";

    private static string Mmlu(int id, string? pred) =>
        $$"""{"question_id": {{id}}, "question": "Q{{id}}", "options": ["x", "y"], "answer": "A", "answer_index": 0, "cot_content": "", "category": "law", "src": "s", "pred": {{(pred is null ? "null" : "\"" + pred + "\"")}}, "model_outputs": "The answer is (A)."}""";

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using Stream target = archive.CreateEntry(name).Open();
                target.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private RecordedRun Read() => RunReader.Read(_folder.Path, "x", new RunOptions());

    private RecordedRun Read(string map) => RunReader.Read(_folder.Path, "x", new RunOptions { Map = RunMap.Parse(map, "--map") });
}
