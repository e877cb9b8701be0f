using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

/// <summary>A pool of questions in a folder of its own, and stages run on it.</summary>
internal sealed class TestPool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("selection-").FullName;
    private int _runs;
    private string? _signals;

    public List<Question> Questions { get; set; } = [];

    public List<Trace> Traces { get; set; } = [];

    public List<Annotation> Annotations { get; set; } = [];

    public List<ClusterAssignment> Clusters { get; set; } = [];

    public List<Judgement> Judgements { get; set; } = [];

    public List<TraceGrade> TraceGrades { get; set; } = [];

    public List<QuestionPlace> Places { get; set; } = [];

    public List<ExampleLength> Lengths { get; set; } = [];

    public StageResult Result { get; private set; } = new();

    public string Output { get; private set; } = "";

    /// <summary>n questions whose domain, strategies, verbosity, length, cluster, judgement and grade vary independently with the index.</summary>
    public static TestPool Of(int n)
    {
        TestPool pool = new();
        for (int i = 0; i < n; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"q{i:D5}");
            string[] strategies = [.. Enumerable.Range(0, i % 7).Select(s => "s" + s.ToString(CultureInfo.InvariantCulture))];
            pool.Questions.Add(
                new Question(id, "text of " + id, "1")
                {
                    Meta = new(StringComparer.Ordinal) { ["level"] = (1 + (i % 5)).ToString(CultureInfo.InvariantCulture) },
                });
            pool.Traces.Add(new Trace(id, " thinking of " + id + "\n", " answer of " + id + " ", 10 * (1 + (i % 97))));
            pool.Annotations.Add(new Annotation(id, "domain" + (i % 3 == 0 ? 0 : i % 8).ToString(CultureInfo.InvariantCulture), strategies, i % 11));
            pool.Clusters.Add(new ClusterAssignment(id, (i % 6) - 1, 1));
            pool.Judgements.Add(new Judgement(id, i % 13 < 5));
            pool.TraceGrades.Add(new TraceGrade(id, i % 4 > 0));
            pool.Places.Add(new QuestionPlace(id, n - 1 - i));
            pool.Lengths.Add(new ExampleLength(id, pool.Traces[i].Tokens + 20, 25));
        }

        return pool;
    }

    /// <summary>Every list in another order.</summary>
    public void Shuffle(string seed)
    {
        SeededRandom random = SeededRandom.From("shuffle", seed);
        random.Shuffle(Questions);
        random.Shuffle(Traces);
        random.Shuffle(Annotations);
        random.Shuffle(Clusters);
        random.Shuffle(Judgements);
        random.Shuffle(TraceGrades);
        random.Shuffle(Places);
        random.Shuffle(Lengths);
    }

    /// <summary>The selected ids.</summary>
    public List<string> Select(string parameters, params string[] without)
    {
        Run(new SignalsStage(), "{}");
        _signals = Path.Combine(Output, SignalsStage.Output);
        Run(new SelectStage(), parameters, without);
        return [.. JsonLines.Read<Selected>(Path.Combine(Output, "selection.jsonl")).Select(row => row.QuestionId)];
    }

    /// <summary>The message of the error that the parameters cause.</summary>
    public UserError Refused(string parameters, params string[] without) =>
        Assert.Throws<UserErrorException>(() => Select(parameters, without)).Errors[0];

    public void Run(IStage stage, string parameters, params string[] without)
    {
        string folder = Path.Combine(_folder, (_runs++).ToString(CultureInfo.InvariantCulture));
        Output = Path.Combine(folder, "out");
        Directory.CreateDirectory(Output);
        Dictionary<string, string> inputs = new(StringComparer.Ordinal);
        void Bind<T>(string role, IEnumerable<T> rows)
        {
            if (!without.Contains(role))
            {
                inputs[role] = Path.Combine(folder, role + ".jsonl");
                JsonLines.Write(inputs[role], rows);
            }
        }

        Bind("questions", Questions);
        Bind("traces", Traces);
        Bind("annotations", Annotations);
        Bind("clusters", Clusters);
        Bind("judgements", Judgements);
        Bind("traceGrades", TraceGrades);
        Bind("nearest", Places);
        Bind("lengths", Lengths);
        Bind("selection", Selection.Select(id => new Selected(id)));
        if (_signals is not null)
        {
            inputs["signals"] = _signals;
        }

        Result = stage.Run(new StageContext { Parameters = JsonNode.Parse(parameters)!.AsObject(), Inputs = inputs, OutputFolder = Output });
    }

    /// <summary>What <c>compose</c> is given as a selection.</summary>
    public IReadOnlyList<string> Selection { get; set; } = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
