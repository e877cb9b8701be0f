using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Cleaning;
using NaturalThoughts.Sources.Cleaning.Languages;

namespace NaturalThoughts.Sources.Tests.Cleaning;

public sealed class LanguageFilterTests : IDisposable
{
    private static readonly (string Code, string Text)[] Foreign =
        [.. File.ReadLines(TempFolder.Fixture("questions.tsv")).Select(line => (line[..2], line[3..]))];

    private static readonly string[] English =
    [
        "How many apples does Anna have if she buys three baskets of twelve and gives five of them away?",
        "Prove that $n^3 - n$ is divisible by 6 for every natural number $n$.",
        "What does this code print?\n```python\nfor i in range(3):\n    print(i * 2)\n```",
        "Compute \\[\\int_0^1 x^2 \\, dx\\] and explain each step of your solution.",
        "A train ticket costs $20 and a bus ticket costs $5. How much do four people save if they take the bus?",
        "Which painter made Les Demoiselles d'Avignon, and in what year was it first shown to the public?",
        "Did the German word Schadenfreude enter the English language before the word Zeitgeist?",
        "Let α, β and γ be the angles of a triangle. Show that sin α + sin β > sin γ.",
        "State the theorem of Erdős and Szekeres, and use it to find a monotone subsequence of length 4.",
        "If a car's speed is 90 km/h, how far will it go in 20 min?",
        "What is the meaning of the Chinese characters 人工智能 in English?",
        "Balance the equation Fe + O2 -> Fe2O3 and give the number of moles of oxygen that are needed.",
    ];

    private static readonly string[] TooLittle =
    [
        "Find x: 2x+3=7", "$x^2 + y^2 = 1$", "Solve: \\frac{a}{b} = \\frac{c}{d}", "2 + 2 = ?", "sin(x) + cos(x) = 1", "ΔG = ΔH − TΔS", "CH3COOH + NaOH",
        "```\nint main() { return 0; }\n```", "Compute 𝑥² + 𝑦².", "∀x∃y (x < y)",
        "https://de.wikipedia.org/wiki/die_der_das_und_nicht", "Σ λ μ ω",
    ];

    private readonly TempFolder _folder = new();
    private readonly StageRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public void Should_DropOtherLanguages_When_EnglishIsAskedFor()
    {
        Run([.. English, .. Foreign.Select(question => question.Text)], "en");

        List<DroppedQuestion> dropped = _run.Records<DroppedQuestion>("dropped.jsonl");
        Assert.All(dropped, row => Assert.Equal(DropReasons.Language, row.Reason));
        Assert.DoesNotContain(dropped, row => Number(row) < English.Length);

        // Seen: 42 of 43; the Finnish question has one word of the table, which is too little.
        Assert.InRange(dropped.Count, Foreign.Length - 1, Foreign.Length);
        Assert.All(dropped, row => Assert.Equal(Foreign[Number(row) - English.Length].Code, row.Matched));

        JsonObject report = _run.Json("report.json");
        Assert.Equal(dropped.Count, (int)report["dropped"]!["language"]!);
        Assert.Equal(Foreign.Length - dropped.Count, (int)report["undetermined"]!);
        Assert.Equal(3, (int)report["languages"]!["de"]!);
        Assert.Equal(dropped.Count, report["languages"]!.AsObject().Sum(count => (int)count.Value!));
        Assert.Equal((dropped.Count, Foreign.Length - dropped.Count), (_run.Result.Counts["language"], _run.Result.Counts["undetermined"]));
    }

    [Fact]
    public void Should_KeepAndCount_When_TooFewWordsTell()
    {
        Run(TooLittle, "en");
        Assert.Empty(_run.Records<DroppedQuestion>("dropped.jsonl"));
        Assert.Equal(TooLittle.Length, _run.Result.Counts["undetermined"]);

        // Rows that another rule drops are not counted.
        Run(["Find x: 2x+3=7", "Find x: 2x+3=7"], "en", ("duplicates", "exact"));
        Assert.Equal(1, _run.Result.Counts["undetermined"]);
    }

    [Fact]
    public void Should_KeepEachLanguage_When_SeveralAreAskedFor()
    {
        Run([.. English, .. Foreign.Select(question => question.Text)], "en", "de", "zh");
        IEnumerable<int> wanted = Enumerable.Range(0, English.Length)
            .Concat(Enumerable.Range(0, Foreign.Length).Where(i => Foreign[i].Code is "de" or "zh").Select(i => i + English.Length));
        Assert.Empty(wanted.Select(number => $"q{number}").Except(_run.Records<Question>("questions.jsonl").Select(question => question.Id)));
        Assert.InRange(_run.Result.Counts["language"], Foreign.Length - 7, Foreign.Length - 6);
    }

    [Fact]
    public void Should_PreferTheLanguageAskedFor_When_ItsNeighbourIsAsNear()
    {
        const string both = "Hvor mange er det, og hvorfor er det ikke flere?";
        LanguageDetector detector = new();
        Assert.Equal("da", detector.Detect([both], ["da"]));
        Assert.Equal("no", detector.Detect([both], ["no"]));
    }

    [Theory]
    [InlineData("Die Antwort ist nicht richtig, weil der Wert von x zu groß ist. (Hint: the value of x is bounded.)", "de")]
    [InlineData("Explain in your own words what the German sentence \"Der Wert ist zu groß\" says about the value of x.", "en")]
    [InlineData("Wo ist der Fehler?\n```python\nfor i in range(3):\n    if i in what and not that: return the_value_of(i)\n```", "de")]
    [InlineData("Setze $\\text{where is the value of that and this}$ in die Gleichung ein, die oben für alle x gegeben ist.", "de")]
    [InlineData("用 for 循环 和 while 循环 分别写一个函数 sum_list(numbers) ，返回列表中所有数字的和", "zh")]
    public void Should_NameTheLanguageOfMost_When_LanguagesMix(string text, string code) =>
        Assert.Equal(code, new LanguageDetector().Detect([text], ["en"]));

    [Fact]
    public void Should_ReadTheSameWords_When_MarksAreComposedOrNot()
    {
        LanguageDetector detector = new();
        Assert.All(Foreign, question => Assert.Equal(
            detector.Detect([question.Text.Normalize(System.Text.NormalizationForm.FormC)], ["en"]),
            detector.Detect([question.Text.Normalize(System.Text.NormalizationForm.FormD)], ["en"])));
    }

    [Fact]
    public void Should_ReadOptionsToo_When_TheQuestionIsShort()
    {
        LanguageDetector detector = new();
        Assert.Null(detector.Detect(["Compute:"], ["en"]));
        Assert.Equal("fr", detector.Detect(["1 :", "la somme des deux nombres", "le produit des deux nombres", "ni l'un ni l'autre"], ["en"]));
    }

    [Theory]
    [InlineData("$")]
    [InlineData("\\(")]
    [InlineData("<a ")]
    [InlineData("`")]
    [InlineData("```")]
    [InlineData("[asy]")]
    [InlineData("a.b@")]
    [InlineData("\ud83d")]
    public async Task Should_End_When_ATextIsAllOpenings(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 100_000 / opening.Length));
        await Task.Run(() => new LanguageDetector().Detect([text], ["en"])).WaitAsync(Hang.Limit);
    }

    [Fact]
    public void Should_GiveTheSameBytes_When_ThreadsDiffer()
    {
        string[] texts =
        [
            .. Enumerable.Range(0, 200)
                .SelectMany(i => English.Concat(TooLittle).Concat(Foreign.Select(question => question.Text)).Select(text => $"{text} {i}")),
        ];
        List<string> outputs = [];
        foreach (int threads in new[] { 1, 4 })
        {
            Run(texts, threads, [("languages", new JsonArray("en")), ("duplicates", "none")]);
            outputs.Add(File.ReadAllText(_run.PathOf("dropped.jsonl")) + File.ReadAllText(_run.PathOf("report.json")));
        }

        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public void Should_SayNothingOfLanguages_When_NoneIsAskedFor()
    {
        Run([.. Foreign.Select(question => question.Text)], 2, []);
        Assert.Equal("""{"benchmarkQuestions":0,"dropped":{},"kept":43,"questions":43}""", CanonicalJson.Write(_run.Json("report.json")));
        Assert.DoesNotContain("undetermined", _run.Result.Counts.Keys);
    }

    [DataFact("gsm8k/test.jsonl")]
    public void Should_DropNothing_When_EveryQuestionOfABenchmarkIsEnglish()
    {
        LanguageDetector detector = new();
        foreach ((string file, string field) in new[] { ("gsm8k/test.jsonl", "question"), ("math500/test.jsonl", "problem") })
        {
            IEnumerable<string?> languages = File.ReadLines(Path.Combine(DataFactAttribute.Folder!, file))
                .Select(line => detector.Detect([(string)JsonNode.Parse(line)![field]!], ["en"]));
            Assert.All(languages, language => Assert.True(language is null or "en", language));
        }
    }

    [Theory]
    [InlineData("EN", "Did you mean 'en'?")]
    [InlineData("english", "Write codes of ISO 639-1; known: af, am, ar,")]
    public void Should_RefuseTheCode_When_ItIsUnknown(string code, string hint)
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(() => Run(["x"], code));
        Assert.Contains($"'{code}'", refused.Message);
        Assert.Contains(hint, refused.Errors[0].Hint);
    }

    private static int Number(DroppedQuestion row) => int.Parse(row.QuestionId[1..], System.Globalization.CultureInfo.InvariantCulture);

    private void Run(string[] texts, params string[] languages) => Run(texts, 2, [("languages", new JsonArray([.. languages.Select(code => (JsonNode)code)]))]);

    private void Run(string[] texts, string language, (string Key, JsonNode Value) more) => Run(texts, 2, [("languages", new JsonArray(language)), more]);

    private void Run(string[] texts, int threads, (string Key, JsonNode Value)[] parameters)
    {
        string path = Path.Combine(_folder.Path, "questions.jsonl");
        JsonLines.Write(path, texts.Select((text, i) => new Question($"q{i}", text, "x")));
        _run.Run(
            new CleanStage(), new JsonObject(parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value))), threads,
            ("questions", path));
    }
}
