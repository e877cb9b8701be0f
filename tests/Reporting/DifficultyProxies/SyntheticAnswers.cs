using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Reporting.Tests.DifficultyProxies;

/// <summary>
/// Models with four options, drawn from a seed: the harder a question, the more often each is wrong. In the category <c>odd</c> nothing predicts anything.
/// </summary>
internal sealed class SyntheticAnswers : IDisposable
{
    private static readonly string[] Letters = ["A", "B", "C", "D"];
    private readonly string _root = Directory.CreateTempSubdirectory("proxies").FullName;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private int _runs;

    public SyntheticAnswers(int questions = 1200)
    {
        Question[] all = [.. Enumerable.Range(0, questions).Select(i => new Question($"q{i:0000}", "?", Letters[i % 4])
        {
            Options = ["one", "two", "three", "four"],
            Meta = new(StringComparer.Ordinal) { ["category"] = new[] { "even", "odd", "plain" }[i % 3] },
        })];
        foreach (string model in Options.Cells.Select(cell => cell.Address))
        {
            JsonLines.Write(Bind(TableRoles.Questions(model, "quiz", 1)), all);
            JsonLines.Write(Bind(TableRoles.Grades(model, "quiz", 1)), all.Select(question => Answer(model, question)));
        }
    }

    public ProxiesOptions Options { get; set; } = new()
    {
        Name = "Proxies",
        Profile = "recorded",
        Title = "synthetic answers",
        Class = "exact",
        Benchmarks = [new TableBenchmark("quiz", 4)],
        Cells = [.. new[] { "A", "B", "C", "D", "T" }.Select(name => new TableCell { Address = name, Seeds = [1] })],
        Notes = ["Drawn from a seed."],
        Proxies = new ProxySettings
        {
            Targets = ["T"],
            Signals = [new("Two", "disagreement", ["A", "B"]), new("Length", "length", ["A"]), new("Four", "entropy", ["A", "B", "C", "D"])],
        },
    };

    public string Run(int threads = 1)
    {
        string output = Directory.CreateDirectory(Path.Combine(_root, $"out{_runs++}")).FullName;
        new ProxiesStage()
            .Run(
                new StageContext
                {
                    Parameters = JsonSerializer.SerializeToNode(Options, JsonSerializerOptions.Web)!.AsObject(),
                    Inputs = _inputs,
                    OutputFolder = output,
                    Threads = threads,
                });
        return output;
    }

    /// <summary>The rows of the csv, by column.</summary>
    public IReadOnlyList<Dictionary<string, string>> Rows()
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(Run(), "table.csv")).Select(line => line.Split(','))];
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    public ProxyData Data() => ProxyData.Read(new StageContext { Parameters = new JsonObject(), Inputs = _inputs, OutputFolder = _root }, Options);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Grade Answer(string model, Question question)
    {
        double Draw(string what) => SeededRandom.DrawDouble(what, model, question.Id);
        bool isOdd = question.Meta["category"] == "odd";
        double hardness = isOdd ? 0.5 : SeededRandom.DrawDouble("hardness", question.Id);
        bool isRight = Draw("right") > hardness;
        string wrong = Letters.Where(letter => letter != question.Reference).ElementAt((int)(3 * Draw("letter")));
        string? letter = Draw("unread") < 0.02 ? null : isRight ? question.Reference : wrong;
        return new Grade(question.Id, "", "text that is published nowhere", letter, letter == question.Reference, 10 + (int)(20 * Draw("tokens")), false);
    }

    private string Bind(string role) => _inputs[role] = Path.Combine(_root, role.Replace('/', '_') + ".jsonl");
}
