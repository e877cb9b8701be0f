using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Tests.Cleaning;

public sealed partial class CleanStageTests : IDisposable
{
    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 3000).Select(Word)];

    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Theory]
    [InlineData("verbatim")]
    [InlineData("reflowed")]
    [InlineData("filler")]
    [InlineData("options")]
    [InlineData("numbers")]
    [InlineData("punctuation")]
    public void Should_FindEveryPlantedCopy_When_ABenchmarkIsHidden(string kind)
    {
        Question[] benchmark = Questions("bench", 200);
        Question[] clean = Questions("clean", 200);
        SeededRandom random = SeededRandom.From("plant", kind);
        List<Question> pool = [.. clean, .. benchmark.Select(question => new Question("copy-" + question.Id, Plant(kind, question, clean, random), "x"))];
        Run(pool, [], ("B", benchmark));

        List<DroppedQuestion> dropped = _run.Records<DroppedQuestion>("dropped.jsonl");
        Assert.Equal(benchmark.Select(question => "copy-" + question.Id), dropped.Select(row => row.QuestionId));
        Assert.Equal(benchmark.Select(question => "B/" + question.Id), dropped.Select(row => row.Matched));
        Assert.Equal(clean.Select(question => question.Id), _run.Records<Question>("questions.jsonl").Select(question => question.Id));
    }

    [Fact]
    public void Should_KeepQuestions_When_TheyShareAPhraseWithABenchmark()
    {
        const string phrase = "Which of the following statements about the results of the experiment is true for all of ";
        Question[] benchmark = [.. Questions("bench", 20).Select(question => question with { Text = phrase + question.Text })];
        Run([.. Questions("clean", 20).Select(question => question with { Text = phrase + question.Text })], [], ("B", benchmark));
        Assert.Equal(20, _run.Result.Counts["rows"]);
    }

    [Fact]
    public void Should_LeaveNumbersAlone_When_MaskingIsOff()
    {
        Question[] benchmark = Questions("bench", 50);
        List<Question> pool =
        [
            .. benchmark.Select(question =>
                question with { Id = "n" + question.Id, Text = Plant("numbers", question, benchmark, SeededRandom.From("x", question.Id)), Options = [] }),
        ];
        Run(pool, new() { ["maskNumbers"] = false }, ("B", benchmark));
        Assert.DoesNotContain(_run.Records<DroppedQuestion>("dropped.jsonl"), row => row.Reason == DropReasons.BenchmarkNumbers);
    }

    [Fact]
    public void Should_DropWholeTextsAlone_When_GramsAreNotLookedFor()
    {
        Question[] benchmark = Questions("bench", 50);
        string[] kinds = ["verbatim", "reflowed", "filler", "numbers"];
        List<Question> pool =
        [
            .. benchmark.Select((question, i) => new Question(
                $"{kinds[i % 4]}-{i}", Plant(kinds[i % 4], question, benchmark, SeededRandom.From("whole", question.Id)), "x")),
        ];
        Run(pool, new() { ["grams"] = false }, ("B", benchmark));

        List<DroppedQuestion> dropped = _run.Records<DroppedQuestion>("dropped.jsonl");
        Assert.All(dropped, row => Assert.Equal(DropReasons.BenchmarkExact, row.Reason));
        Assert.Equal(
            pool.Where(question => question.Id.StartsWith("verbatim", StringComparison.Ordinal) || question.Id.StartsWith("reflowed", StringComparison.Ordinal))
                .Select(question => question.Id),
            dropped.Select(row => row.QuestionId));
    }

    [Fact]
    public void Should_KeepTheFirst_When_QuestionsRepeat()
    {
        Question[] questions = Questions("pool", 3);
        string near = questions[1].Text + " please";
        Run(
            [questions[0], questions[1], questions[0] with { Id = "again", Text = questions[0].Text.ToUpperInvariant().Replace(" ", "  -- ") },
                questions[1] with { Id = "near", Text = near }, questions[2]],
            []);
        List<DroppedQuestion> dropped = _run.Records<DroppedQuestion>("dropped.jsonl");
        Assert.Equal(
            [("again", DropReasons.Duplicate, questions[0].Id), ("near", DropReasons.NearDuplicate, questions[1].Id)],
            dropped.Select(row => (row.QuestionId, row.Reason, row.Matched!)));
        Assert.InRange(dropped[1].Similarity!.Value, 0.9, 1);

        Run([questions[1], questions[1] with { Id = "near", Text = near }], new() { ["duplicates"] = "exact" });
        Assert.Equal(2, _run.Result.Counts["rows"]);
        Run([questions[1], questions[1] with { Id = "same" }], new() { ["duplicates"] = "none" });
        Assert.Equal(2, _run.Result.Counts["rows"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Should_FindNearDuplicates_When_WordsOfALongTextAreReplaced(int replaced)
    {
        // Sixty words have 58 shingles; three replaced words change nine of them at most: a Jaccard index of 49/67 at least.
        Question[] originals = [.. Enumerable.Range(0, 300).Select(i => new Question($"a{i}", Sentence(SeededRandom.From("long", $"{i}"), 60), "x"))];
        SeededRandom random = SeededRandom.From("replace");
        List<Question> pool = [.. originals, .. originals.Select(question => new Question("b" + question.Id, Replace(question.Text, replaced, random), "x"))];
        Run(pool, new() { ["similarity"] = 0.7 });
        List<DroppedQuestion> dropped = _run.Records<DroppedQuestion>("dropped.jsonl");
        Assert.All(dropped, row => Assert.Equal("b" + row.Matched, row.QuestionId));
        Assert.InRange(dropped.Count, 297, 300); // one pair in a hundred at 0.73 shares no band
    }

    [Fact]
    public void Should_DropByLengthAndScript_When_LimitsAreGiven()
    {
        Run(
            [
                new("short", "Why?", "x"), new("long", string.Join(' ', Vocabulary.Take(30)), "x"), new("cyrillic", "Почему трава зелёная летом", "x"),
                new("formula", "Solve $x^2 = 4$ for x", "x"), new("chinese", "草为什么是绿色的", "x"),
            ],
            new() { ["minWords"] = 3, ["maxWords"] = 20, ["minLatinShare"] = 0.5 });
        Assert.Equal(["formula"], _run.Records<Question>("questions.jsonl").Select(question => question.Id));
        Assert.Equal("{\"length\":2,\"script\":2}", _run.Json("report.json")["dropped"]!.ToJsonString());
    }

    [Fact]
    public void Should_GiveTheSameBytes_When_ThreadsDiffer()
    {
        Question[] pool = [.. Questions("pool", 500), .. Questions("pool", 200).Select(question => question with { Id = "x" + question.Id })];
        Run(pool, [], ("B", Questions("pool", 50)));
        string[] files = ["questions.jsonl", "dropped.jsonl", "report.json"];
        string[] one = [.. files.Select(file => File.ReadAllText(_run.PathOf(file)))];
        using StageRun run = new();
        foreach (int threads in new[] { 2, 5 })
        {
            new CleanStage()
                .Run(
                    new StageContext
                    {
                        Parameters = [],
                        Inputs = Inputs(pool, ("B", Questions("pool", 50))),
                        OutputFolder = Path.GetDirectoryName(run.PathOf("x"))!,
                        Threads = threads,
                    });
            Assert.Equal(one, files.Select(file => File.ReadAllText(run.PathOf(file))));
        }
    }

    [Fact]
    public void Should_KeepTheBytes_When_AQuestionStays()
    {
        Question[] pool = [.. Questions("pool", 10).Select(question => question with { Text = question.Text + " <é&\"\\> 𝑥" })];
        Run(pool, []);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.Path, "questions.jsonl")), File.ReadAllBytes(_run.PathOf("questions.jsonl")));
    }

    [Fact]
    public void Should_NameTheLine_When_TheInputIsWrong()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "questions.jsonl"), """{"id":"a","text":"x y z","reference":"1"}""" + "\n" + """{"id":"b"}""" + "\n");
        StageContext context = new()
        {
            Parameters = [],
            Inputs = new Dictionary<string, string> { ["questions"] = Path.Combine(_folder.Path, "questions.jsonl") },
            OutputFolder = _folder.Path,
            Threads = 2,
        };
        Assert.EndsWith("questions.jsonl:2", Assert.Throws<UserErrorException>(() => new CleanStage().Run(context)).Errors[0].Location);
        Assert.Contains("'a' appears twice", Assert.Throws<UserErrorException>(() => Run([new("a", "x y z", "1"), new("a", "p q r", "1")], [])).Message);
    }

    [Theory]
    [InlineData("""{"duplicates": "nearly"}""", "Did you mean 'near'?")]
    [InlineData("""{"similarity": 0}""", "'similarity' is 0")]
    [InlineData("""{"coverage": 1.5}""", "'coverage' is 1.5")]
    [InlineData("""{"minLatinShare": -1}""", "'minLatinShare' is -1")]
    [InlineData("""{"shingleWords": 0}""", "'shingleWords' is 0")]
    public void Should_RefuseTheParameters_When_TheyMeanNothing(string parameters, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => Run(Questions("pool", 1), StageRun.Parse(parameters))).Message);

    private static string Plant(string kind, Question question, Question[] clean, SeededRandom random)
    {
        string[] options = [.. question.Options];
        random.Shuffle(options);
        return kind switch
        {
            "reflowed" => string.Join("\n    ", question.Text.Split(' ').Chunk(8).Select(line => string.Join(' ', line))),
            "filler" => $"{random.Pick(clean).Text} {question.Text} {random.Pick(clean).Text}",
            "options" => question.Text + "\n" + string.Join('\n', options.Select((option, i) => $"({(char)('a' + i)}) {option}")),
            "numbers" => Digits().Replace(question.Text, number => $"{number.Value}{random.Next(900)}"),
            "punctuation" => question.Text.Replace(",", "，").Replace(".", "。").Replace("?", "？").Replace("(", "（").Replace(")", "）").Replace(" ", "\u3000"),
            _ => question.Text,
        };
    }

    private static Question[] Questions(string seed, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            SeededRandom random = SeededRandom.From(seed, $"{i}");
            string text = $"{Sentence(random, 10 + random.Next(30))}, {10 + random.Next(90)} and ({Sentence(random, 6)}). {Sentence(random, 9)}?";
            return new Question($"{seed}-{i}", text, "A") { Options = [.. Enumerable.Range(0, 4).Select(_ => Sentence(random, 1 + random.Next(8)))] };
        }),
    ];

    private static string Sentence(SeededRandom random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Pick(Vocabulary)));

    private static string Word(int number)
    {
        SeededRandom random = SeededRandom.From("word", $"{number}");
        return new string([.. Enumerable.Range(0, 3 + random.Next(7)).Select(_ => (char)('a' + random.Next(26)))]);
    }

    private static string Replace(string text, int count, SeededRandom random)
    {
        string[] words = text.Split(' ');
        for (int i = 0; i < count; i++)
        {
            words[random.Next(words.Length)] = $"new{random.Next(1_000_000)}";
        }

        return string.Join(' ', words);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    private Dictionary<string, string> Inputs(IEnumerable<Question> pool, params (string Name, Question[] Questions)[] benchmarks)
    {
        Dictionary<string, string> inputs = new() { ["questions"] = Path.Combine(_folder.Path, "questions.jsonl") };
        JsonLines.Write(inputs["questions"], pool);
        foreach ((string name, Question[] questions) in benchmarks)
        {
            inputs[CleanStage.BenchmarkRole + name] = Path.Combine(_folder.Path, name + ".jsonl");
            JsonLines.Write(inputs[CleanStage.BenchmarkRole + name], questions);
        }

        return inputs;
    }

    private void Run(IEnumerable<Question> pool, JsonObject parameters, params (string Name, Question[] Questions)[] benchmarks) =>
        _run.Run(new CleanStage(), parameters, [.. Inputs(pool, benchmarks).Select(input => (input.Key, input.Value))]);
}
