using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Tests.Questions;

public sealed class ImportQuestionsStageTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void Should_ReadGpqa_When_RowsHaveItsColumns()
    {
        List<Question> questions = Import(RowFormats.Csv, "gpqa_diamond.csv", Schemas.Gpqa, Schemas.GpqaMap, ("confidential", true), ("rows", 2));
        Assert.Equal(["recAAAA", "recBBBB"], questions.Select(question => question.Id));
        Assert.Equal("Which of these, if any,\nglows at \"absolute\" zero?", questions[0].Text);
        Assert.Equal(["10", "4", "6", "8"], questions[1].Options.Order(StringComparer.Ordinal));
        Assert.Equal(["none of them", "8"], questions.Select(question => question.Options[question.Reference[0] - 'A']));
        Assert.Equal(
            ("Physics", "Optics", "true"), (questions[0].Meta["domain"], questions[0].Meta["subdomain"], questions[0].Meta[QuestionMeta.Confidential]));
    }

    [Fact]
    public void Should_ReadMath_When_RowsHaveItsFields()
    {
        List<Question> questions = Import(RowFormats.Jsonl, "test.jsonl", Schemas.Math, Schemas.MathMap);
        Assert.Equal(
            ("test/prealgebra/1.json", "Compute $\\frac{1}{2}+\\frac{1}{3}.$", "\\frac{5}{6}"), (questions[0].Id, questions[0].Text, questions[0].Reference));
        Assert.Equal([("2", "Prealgebra"), ("1", "Algebra")], questions.Select(question => (question.Meta["level"], question.Meta["subject"])));
        Assert.All(questions, question => Assert.Empty(question.Options));
    }

    [Fact]
    public void Should_ReadMmluPro_When_RowsHaveItsFields()
    {
        List<Question> questions = Import(RowFormats.Json, "test.zip", Schemas.MmluPro, Schemas.MmluProMap);
        Assert.Equal(["milk", "honey", "silk"], questions[0].Options);
        Assert.Equal(
            [("70", "B", "biology"), ("71", "B", "chemistry")], questions.Select(question => (question.Id, question.Reference, question.Meta["category"])));
        Assert.Equal("{\"biology\":1,\"chemistry\":1}", _run.Json("report.json")["meta"]!["category"]!.ToJsonString());
    }

    [Fact]
    public void Should_ReadSuperGpqa_When_RowsHaveItsFields()
    {
        Question question = Assert.Single(Import(RowFormats.Jsonl, "SuperGPQA-all.jsonl", Schemas.SuperGpqa, Schemas.SuperGpqaMap));
        Assert.Equal(("0f0f", "C", 4), (question.Id, question.Reference, question.Options.Count));
        Assert.Equal(
            ("Science", "Mathematics", "Number Theory", "easy", "true"),
            (question.Meta["discipline"], question.Meta["field"], question.Meta["subfield"], question.Meta["difficulty"], question.Meta["calculation"]));
    }

    [Fact]
    public void Should_ReadGsm_When_TheAnswerFollowsAMark()
    {
        List<Question> questions = Import(RowFormats.Jsonl, "test.jsonl", Schemas.Gsm, Schemas.GsmMap);
        Assert.Equal(["7", "1,100"], questions.Select(question => question.Reference));
        Assert.All(questions, question => Assert.Matches("^[0-9a-f]{20}$", question.Id));
    }

    [Fact]
    public void Should_KnowTheRow_When_AQuestionIsRead()
    {
        SourceFile file = _folder.Write("test.jsonl", Schemas.Math);
        List<Question> questions = Import(StageRun.Source(RowFormats.Jsonl, file), Schemas.MathMap);
        Assert.Equal([$"{file.Digest.Short}:1", $"{file.Digest.Short}:2"], questions.Select(question => question.Meta[QuestionMeta.Source]));
        Assert.Equal(file.Digest.Hex, (string?)_run.Json("report.json")["files"]![0]!["sha256"]);
    }

    [Fact]
    public void Should_GiveTheSameBytes_When_TheFileLiesElsewhere()
    {
        Import(RowFormats.Jsonl, "test.jsonl", Schemas.Gsm, Schemas.GsmMap);
        byte[] first = File.ReadAllBytes(_run.PathOf("questions.jsonl"));
        using TempFolder other = new();
        using StageRun run = new();
        run.Run(
            new ImportQuestionsStage(),
            new() { ["source"] = StageRun.Source(RowFormats.Jsonl, other.Write("renamed.jsonl", Schemas.Gsm)), ["map"] = StageRun.Parse(Schemas.GsmMap) },
            (SourceOptions.Role, other.Path));
        Assert.Equal(first, File.ReadAllBytes(run.PathOf("questions.jsonl")));
    }

    [Theory]
    [InlineData("""{"options": ["a", "b"], "answer": "B"}""", "missingField")]
    [InlineData("""{"q": " ", "options": ["a", "b"], "answer": "B"}""", "emptyField")]
    [InlineData("""{"q": "x", "options": ["a", "b"], "answer": "C"}""", "answerNotAnOption")]
    [InlineData("""{"q": "x", "options": ["a", "b"], "answer": ""}""", "emptyField")]
    [InlineData("""{"q": "x", "options": ["a", "b"]}""", "missingField")]
    [InlineData("""{"q": "x", "options": [], "answer": "A"}""", "noOptions")]
    [InlineData("""{"q": "x", "options": ["a", null], "answer": "A"}""", "emptyField")]
    [InlineData("""{"q": "x", "options": "a, b", "answer": "A"}""", "wrongType")]
    [InlineData("""{"q": {"en": "x"}, "options": ["a"], "answer": "A"}""", "wrongType")]
    [InlineData("""{"q": "x\ud800", "options": ["a"], "answer": "A"}""", "damaged")]
    [InlineData("""{"q": "x", "options": ["a", "b"], "answer": "B", "kind": "physic"}""", "unknownValue")]
    [InlineData("""{"q": "x", "options": ["a", "b"], "answer": "B", "id": 1}""", "duplicateId")]
    [InlineData("""{"q": "x", "options": ["a", "b"], "answer": "B", """, "damaged")]
    public void Should_NameFileAndRow_When_ARowIsNoQuestion(string row, string reason)
    {
        const string map = """{"id": "id", "text": "q", "options": {"list": "options"}, "reference": {"field": "answer", "as": "letter"}, "meta": {"kind": "kind?"}, "known": {"kind": ["physics", "law"]}}""";
        string bad = row.Contains("\"id\"") || !row.EndsWith('}') ? row : row[..^1] + """, "id": 2}""";
        string text = """{"id": 1, "q": "first", "options": ["a", "b"], "answer": "(b)", "kind": "law"}""" + "\n\n" + bad + "\n";
        UserErrorException error = Assert.Throws<UserErrorException>(() => Import(RowFormats.Jsonl, "bench.jsonl", text, map));
        Assert.Equal("bench.jsonl:3", Assert.Single(error.Errors).Location);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.False(string.IsNullOrEmpty(error.Errors[0].Hint));

        // Skipped rows are counted by the same reason; the others stay.
        List<Question> questions = Import(RowFormats.Jsonl, "bench.jsonl", text, map, ("badRows", BadRows.Skip));
        Assert.Equal(("1", "B"), (Assert.Single(questions).Id, questions[0].Reference));
        RefusedRow refused = Assert.Single(_run.Records<RefusedRow>("refused.jsonl"));
        Assert.Equal(("bench.jsonl:3", reason), (refused.Row, refused.Reason));
        Assert.Equal(1L, _run.Result.Counts["dropped"]);
        Assert.Contains(reason, Assert.Single(_run.Result.Warnings));
    }

    [Fact]
    public void Should_KeepTheQuestion_When_ItsReferenceMayBeMissing()
    {
        const string rows = """
            {"q": "first", "a": "#### 1"}
            {"q": "second", "a": " "}
            {"q": "third", "a": null}
            {"q": "fourth"}
            """;
        List<Question> questions = Import(RowFormats.Jsonl, "pool.jsonl", rows, """{"text": "q", "reference": {"field": "a?", "after": "####"}}""");
        Assert.Equal(["1", "", "", ""], questions.Select(question => question.Reference));
        Assert.Equal("3 of 4 questions have no reference answer; ShortReference does not select them.", Assert.Single(_run.Result.Warnings));
        Assert.Equal(3, (int)_run.Json("report.json")["withoutReference"]!);
    }

    [Fact]
    public void Should_HintAtTheField_When_ItIsMisspelt()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            Import(RowFormats.Jsonl, "a.jsonl", Schemas.Math, """{"text": "problm", "reference": {"field": "answer"}}"""));
        Assert.Contains("Did you mean 'problem'?", error.Message);
    }

    [Fact]
    public void Should_SayBothDigests_When_TheFileIsAnother()
    {
        SourceFile file = _folder.Write("a.jsonl", Schemas.Math);
        File.AppendAllText(file.Path, "\n");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Import(StageRun.Source(RowFormats.Jsonl, file), Schemas.MathMap));
        Assert.Contains(file.Digest.Hex, error.Message);
        Assert.Contains(ContentHash.OfFile(file.Path).Hex, error.Message);
        Assert.Equal(file.Path, error.Errors[0].Location);
    }

    [Fact]
    public void Should_Refuse_When_TheFileHasFewerRowsThanDeclared() =>
        Assert.Contains(
            "2 rows, not 500",
            Assert.Throws<UserErrorException>(() => Import(RowFormats.Jsonl, "a.jsonl", Schemas.Math, Schemas.MathMap, ("rows", 500))).Message);

    [Theory]
    [InlineData("""{"text": "q", "reference": {"field": "a", "as": "letter"}}""", "the map has none")]
    [InlineData("""{"text": "q"}""", "does not say what the right answer is")]
    [InlineData("""{"text": "q", "reference": {"field": "a"}, "options": {"correct": "c", "incorrect": ["d"]}}""", "twice")]
    [InlineData("""{"text": "q", "reference": {"field": "a"}, "options": {"list": "o", "columns": ["A"]}}""", "exactly one way")]
    [InlineData("""{"text": "q[", "reference": {"field": "a"}}""", "not a path")]
    [InlineData("""{"text": "q", "reference": {"field": "a", "as": "lettre"}}""", "Did you mean 'letter'?")]
    [InlineData("""{"text": "q", "reference": {"field": "a"}, "meta": {"source": "s"}}""", "import itself")]
    [InlineData("""{"text": "q", "reference": {"field": "a"}, "known": {"kind": ["x"]}}""", "not among the names")]
    public void Should_RefuseTheMap_When_ItCannotGiveQuestions(string map, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => Import(RowFormats.Jsonl, "a.jsonl", Schemas.Math, map)).Message);

    [Theory]
    [InlineData("Which of these", "missingField", "Question", "Questoin")]
    [InlineData("firefly", "emptyField", "none of them", " ")]
    [InlineData("absolute", "unknownValue", "Physics", "glow-in-the-dark studies")]
    public void Should_QuoteNothing_When_TheQuestionsAreConfidential(string secret, string reason, string from, string to)
    {
        string map = Schemas.GpqaMap.Replace("\"meta\"", "\"known\": {\"domain\": [\"Physics\", \"Biology\"]}, \"meta\"");
        string text = Schemas.Gpqa.Replace(from, to);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Import(RowFormats.Csv, "gpqa.csv", text, map, ("confidential", true)));
        Import(RowFormats.Csv, "gpqa.csv", text, map, ("confidential", true), ("badRows", BadRows.Skip));
        Assert.Equal(reason, _run.Records<RefusedRow>("refused.jsonl")[0].Reason);
        foreach (string published in
            new[]
            {
                error.Message, File.ReadAllText(_run.PathOf("refused.jsonl")), File.ReadAllText(_run.PathOf("report.json")),
                string.Join(' ', _run.Result.Warnings),
            })
        {
            Assert.DoesNotContain(secret, published);
            Assert.DoesNotContain("glow-in-the-dark", published);
        }
    }

    [Fact]
    public void Should_ReadEveryWayOfOptions_When_TheMapNamesIt()
    {
        const string rows = """{"q": "x", "A": "one", "B": "two", "C": "three", "D": "", "map": {"B": "two", "A": "one", "C": "three"}, "letter": "b", "index": 1, "number": "2", "text": "two", "choices": {"text": ["one", "two", "three"]}}""";
        foreach (string options in new[] { """{"columns": ["A", "B", "C", "D?"]}""", """{"list": "map"}""", """{"list": "choices.text"}""" })
        {
            foreach (string kind in ReferenceMap.Known)
            {
                Question question = Assert.Single(
                    Import(
                        RowFormats.Jsonl, "a.jsonl", rows,
                        $$"""{"text": "q", "options": {{options}}, "reference": {"field": "{{kind}}", "as": "{{kind}}" } }"""));
                Assert.Equal(("B", "one|two|three"), (question.Reference, string.Join('|', question.Options)));
            }
        }
    }

    [Fact]
    public void Should_TakeAListOfWrongOptions_When_TheRightOneStandsApart()
    {
        const string map = """{"text": "q", "options": {"correct": "right", "incorrect": ["wrong"]}}""";
        Question question = Assert.Single(Import(RowFormats.Jsonl, "a.jsonl", """{"q": "x", "right": "one", "wrong": ["two", "three"]}""", map));
        Assert.Equal(["one", "three", "two"], question.Options.Order(StringComparer.Ordinal));
        Assert.Equal("one", question.Options[question.Reference[0] - 'A']);
        Assert.Contains(
            "option C is empty",
            Assert.Throws<UserErrorException>(() => Import(RowFormats.Jsonl, "a.jsonl", """{"q": "x", "right": "one", "wrong": ["two", ""]}""", map)).Message);
    }

    [Fact]
    public void Should_ReadMmluProsParquet_When_ItHasTheOwnersColumns()
    {
        string path = TempFolder.Fixture("mmlu_pro.parquet");
        SourceFile file = new(path, "mmlu_pro.parquet", ContentHash.OfFile(path));
        _run.Run(
            new ImportQuestionsStage(),
            new() { ["source"] = StageRun.Source(RowFormats.Parquet, file), ["map"] = StageRun.Parse(Schemas.MmluProMap), ["rows"] = 3 },
            (SourceOptions.Role, Path.GetDirectoryName(path)!));
        List<Question> questions = _run.Records<Question>("questions.jsonl");
        Assert.Equal(
            [("1", "B", "biology"), ("2", "C", "business"), ("3", "A", "chemistry")],
            questions.Select(question => (question.Id, question.Reference, question.Meta["category"])));
        Assert.Equal(["2", "3", "4"], questions[1].Options);
        Assert.Equal($"{file.Digest.Short}:3", questions[2].Meta[QuestionMeta.Source]);
    }

    [DataFact("math500/test.jsonl")]
    public void Should_ReadAllOfMath500_When_TheOwnersFileIsThere()
    {
        List<Question> questions = Owners("math500/test.jsonl", RowFormats.Jsonl, Schemas.MathMap, 500);
        Assert.Equal((500, 500), (questions.Count, questions.Select(question => question.Id).Distinct().Count()));
    }

    [DataFact("gsm8k/test.jsonl")]
    public void Should_ReadAllOfGsm_When_TheOwnersFileIsThere() =>
        Assert.All(Owners("gsm8k/test.jsonl", RowFormats.Jsonl, Schemas.GsmMap, 1319), question => Assert.Matches("^-?[0-9,.]+$", question.Reference));

    [DataFact("mmlu_pro/Meta-Llama-3_1-70B-Instruct.zip")]
    public void Should_ReadAllOfMmluPro_When_TheOwnersFileIsThere()
    {
        string map = Schemas.MmluProMap[..Schemas.MmluProMap.IndexOf(", \"known\"", StringComparison.Ordinal)] + "}";
        List<Question> questions = Owners("mmlu_pro/Meta-Llama-3_1-70B-Instruct.zip", RowFormats.Json, map, 12032);
        Assert.Equal(14, questions.Select(question => question.Meta["category"]).Distinct().Count());
        Assert.Equal(9982, questions.Count(question => question.Options.Count == 10));
    }

    private List<Question> Owners(string name, string format, string map, int rows)
    {
        string path = Path.Combine(DataFactAttribute.Folder!, name);
        JsonObject source = StageRun.Source(format, new SourceFile(path, Path.GetFileName(path), ContentHash.OfFile(path)));
        _run.Run(
            new ImportQuestionsStage(), new() { ["source"] = source, ["map"] = StageRun.Parse(map), ["rows"] = rows },
            (SourceOptions.Role, Path.GetDirectoryName(path)!));
        return _run.Records<Question>("questions.jsonl");
    }

    [Fact]
    public void Should_AskFreely_When_RowsMayLackOptions()
    {
        const string map = """{"id": "id", "text": "q", "options": {"list": "options?"}, "reference": {"field": "answer", "as": "letter"}}""";
        const string rows = """
            {"id": 1, "q": "first", "options": ["a", "b"], "answer": "B"}
            {"id": 2, "q": "second", "answer": "26"}
            {"id": 3, "q": "third", "options": [], "answer": "27"}
            """;

        List<Question> questions = Import(RowFormats.Jsonl, "pool.jsonl", rows, map, ("shuffled", false));

        Assert.Equal(["B", "26", "27"], questions.Select(question => question.Reference));
        Assert.Equal([2, 0, 0], questions.Select(question => question.Options.Count));
    }

    private List<Question> Import(string format, string name, string text, string map, params (string Key, JsonNode Value)[] more)
    {
        SourceFile file = name.EndsWith(".zip", StringComparison.Ordinal) ? _folder.Zip(name, ("rows.json", text)) : _folder.Write(name, text);
        return Import(StageRun.Source(format, file), map, more);
    }

    private List<Question> Import(JsonObject source, string map, params (string Key, JsonNode Value)[] more)
    {
        JsonObject parameters = new() { ["source"] = source, ["map"] = StageRun.Parse(map) };
        foreach ((string key, JsonNode value) in more)
        {
            parameters[key] = value;
        }

        _run.Run(new ImportQuestionsStage(), parameters, (SourceOptions.Role, _folder.Path));
        return _run.Records<Question>("questions.jsonl");
    }
}
