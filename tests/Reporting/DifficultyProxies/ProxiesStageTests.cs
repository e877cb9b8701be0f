using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Reporting.Tests.DifficultyProxies;

public sealed class ProxiesStageTests : IDisposable
{
    private readonly SyntheticAnswers _answers = new();

    public void Dispose() => _answers.Dispose();

    [Fact]
    public void Should_TellSignalFromNoise_When_AnswersHangOnHardness()
    {
        IReadOnlyList<Dictionary<string, string>> rows = _answers.Rows();
        double Value(string kind, string signal, string category = "") => Number(Row(rows, kind, signal, category)["value"]);

        // Four models see the hardness better than two; the length is drawn without it, and so is all in the category odd.
        Assert.True(Value("within", "Four") > Value("within", "Two"));
        Assert.InRange(Value("category", "Two", "even"), 0.55, 0.75);
        Assert.True(Number(Row(rows, "category", "Two", "even")["p_holm"]) < 0.05);
        Assert.True(Number(Row(rows, "category", "Two", "odd")["low"]) < 0.5);
        Assert.True(Number(Row(rows, "against_rest", "Four", "odd")["high"]) < 0);
        Assert.True(Number(Row(rows, "within", "Length")["low"]) < 0.5 && Number(Row(rows, "within", "Length")["high"]) > 0.5);
        Assert.True(Number(Row(rows, "between", "Four")["p"]) < 0.01);
        Assert.True(Number(Row(rows, "against_first", "Four", "within")["low"]) > 0);

        // Disagreement has two values: its threshold is the same everywhere, and its balanced accuracy is the area.
        Assert.Equal(Value("category", "Two", "even"), Value("held_out", "Two", "even"), 4);
        Assert.Equal(Value("own_threshold", "Two", "even"), Value("held_out", "Two", "even"), 4);
        Assert.True(Value("own_threshold", "Length", "odd") >= Value("held_out", "Length", "odd"));

        // 10 pairs of 5 models with 3 others each, 5 lengths with 4, 5 fours with 1.
        Assert.Equal([30, 20, 5], new[] { "Two", "Length", "Four" }.Select(signal => rows.Count(row => row["kind"] == "choice" && row["signal"] == signal)));
    }

    [Fact]
    public void Should_CorrectOverAKind_When_ThereAreSeveralTests()
    {
        Dictionary<string, string>[] tested = [.. _answers.Rows().Where(row => row["kind"] == "category" && row["p"].Length > 0)];
        double[] adjusted = Statistics.MultipleTesting.Holm([.. tested.Select(row => Number(row["p"]))]);

        Assert.Equal(12, tested.Length);
        Assert.All(tested.Zip(adjusted), pair => Assert.Equal(pair.Second, Number(pair.First["p_holm"]), pair.Second * 0.06));
    }

    [Fact]
    public void Should_GiveTheSameBytesAndNoText_When_RunAgain()
    {
        string first = _answers.Run(), second = _answers.Run(threads: 2);

        Assert.Equal(
            ["figure.svg", "lock.json", "outcomes", "table.csv", "table.md"],
            Directory.GetFiles(first).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(first), path => Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(path)))));
        Assert.All(Directory.GetFiles(first), path => Assert.DoesNotContain("published nowhere", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Contains("\"class\": \"exact\"", File.ReadAllText(Path.Combine(first, "lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_CompareOptions_When_ModelsSawThemInOtherOrders()
    {
        string path = Path.GetTempFileName();
        JsonLines.Write(path, new[] { new Grade("q", "", "", "B", true, 7, false) });
        string Given(params string[] options) => ProxyAnswers.Read(path, [new Question("q", "?", "B") { Options = options }]).Given[0]!;
        string[] given = [Given("red", "blue"), Given("blue", "red"), Given()];
        File.Delete(path);

        Assert.Equal(["blue", "red", "B"], given);
    }

    [Fact]
    public void Should_GrowWithDifficulty_When_FewerModelsAgree()
    {
        string[] answers = ["red", "red", "blue", null!];

        // Counts 2, 1, 1: entropy below four different answers and above three and one.
        double[] entropies =
        [
            Entropy(["a", "a", "a", "a"]),
            Entropy(["a", "a", "a", "b"]),
            Entropy(["a", "a", "b", "b"]),
            Entropy(answers!),
            Entropy([null, null, null, null]),
        ];
        Assert.Equal([-256, -27, -16, -4, -1], entropies);
        Assert.Equal(
            [0, 1, 2, 2, 3],
            new[] { "aaaa", "aaab", "aabb", "aabc", "abcd" }.Select(given => Signal("agreement", [.. given.Select(letter => letter.ToString())])));
        Assert.Equal([0, 1, 1], new[] { Signal("disagreement", ["a", "a"]), Signal("disagreement", ["a", "b"]), Signal("disagreement", [null, null]) });
    }

    [Fact]
    public void Should_TakeTheBestCut_When_SmallerValuesAreHarder()
    {
        double[] values = [9, 8, 7, 3, 2, 1];
        bool[] wrong = [false, false, true, true, true, false];

        FittedThreshold fitted = FittedThreshold.Fit(values, wrong, [0, 1, 2, 3, 4, 5]);

        // Values up to 7 are called hard: three of three wrong ones, one of three right ones.
        Assert.Equal(new FittedThreshold(-1, -7), fitted);
        Assert.Equal([0, 0, 1, 1, 1, 1], fitted.Apply(values));
    }

    [Theory]
    [InlineData("T", "disagreement", "is a model of the signal")]
    [InlineData("X", "disagreement", "There is no row 'X'.")]
    [InlineData("B", "length", "names 2 models")]
    [InlineData("B", "surprise", "There is no kind of signal 'surprise'.")]
    public void Should_SayWhatIsWrong_When_ASignalCannotBe(string model, string kind, string message)
    {
        _answers.Options = _answers.Options with { Proxies = _answers.Options.Proxies with { Signals = [new("Two", kind, ["A", model])] } };

        Assert.Contains(message, Assert.Throws<UserErrorException>(() => _answers.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_FitOnTheOthersAlone_When_ACategoryIsHeldOut()
    {
        ProxyData data = _answers.Data();
        double[] signal = [.. Enumerable.Range(0, data.Count).Select(q => (double)(q % 2))];
        bool[] wrong = [.. Enumerable.Range(0, data.Count).Select(q => q % 2 == 1)], other = [.. wrong];
        foreach (int q in data.Members[0])
        {
            other[q] = !other[q];
        }

        double[] scores = CellCombination.HeldOut(data, [signal], wrong), changed = CellCombination.HeldOut(data, [signal], other);

        Assert.All(data.Members[0], q => Assert.Equal(scores[q], changed[q]));
        Assert.All(data.Members[1], q => Assert.NotEqual(scores[q], changed[q]));

        // 800 questions of the other categories, 400 alike, all of them wrong or none.
        Assert.All(data.Members[0], q => Assert.Equal(q % 2 == 1 ? 401.0 / 402 : 1.0 / 402, scores[q], 12));
    }

    private static double Entropy(string?[] answers) => Signal("entropy", answers);

    private static double Signal(string kind, string?[] answers)
    {
        ProxyData data = new()
        {
            Groups = ["all"],
            GroupOf = [0],
            Members = [[0]],
            Models = answers.Select((answer, i) => (Name: $"m{i}", Answer: answer))
                .ToDictionary(model => model.Name, model => new ProxyAnswers([model.Answer], [false], [1]), StringComparer.Ordinal),
        };
        return SignalValues.Of(data, kind, [.. data.Models.Keys]).Single();
    }

    private static Dictionary<string, string> Row(IEnumerable<Dictionary<string, string>> rows, string kind, string signal, string category = "") =>
        rows.Single(row => row["kind"] == kind && row["signal"] == signal && row["target"] == "mean" && row["category"] == category);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
