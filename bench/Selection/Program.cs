using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Bench;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Selection;
using Trace = NaturalThoughts.Records.Trace;

// Time and memory of selection on a generated pool. Arguments: rows (2,800,000), letters of a trace (200), rows to select (500,000).
// Each stage runs in a process of its own, whose peak is its own.
if (args is ["stage", var folder, var stage, var options])
{
    return Measure(folder, stage, options);
}

int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_800_000;
int letters = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
int size = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 500_000;
DirectoryInfo pool = Directory.CreateTempSubdirectory("nt selection ");
try
{
    Write(pool.FullName, rows, letters);
    Console.WriteLine(FormattableString.Invariant($"{rows} rows, traces of {letters} letters, {size} selected\n"));
    Console.WriteLine("| stage | seconds | processor seconds | peak MiB |\n| --- | ---: | ---: | ---: |");
    (string Stage, string Options)[] jobs =
    [
        ("signals", "{}"),
        .. new[]
        {
            """ "method": "Random" """,
            """ "method": "Topics" """,
            """ "method": "ReasoningStrategies", "reasoningStrategies": {"minStrategies": 2, "maxStrategies": 8, "minPerThousandTokens": 1, "lowDensityKeep": 0.5} """,
            """ "method": "LongReasoning", "longReasoning": {"c": 5000, "tau": 1.5} """,
            """ "method": "Verbosity", "verbosity": {"min": 3, "max": 7} """,
            """ "method": "ModelsDisagree" """,
        }.Select(method => ("select", FormattableString.Invariant($$"""{"size": {{size}}, "seed": "1", {{method}}}"""))),
        ("compose", """{"mix": "Difficulty", "seed": "1", "think": "{question}", "direct": "{question}"}"""),
    ];
    foreach ((string name, string parameters) in jobs)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "stage", pool.FullName, name, parameters]) { UseShellExecute = false })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return process.ExitCode;
        }
    }

    return 0;
}
finally
{
    pool.Delete(recursive: true);
}

static int Measure(string folder, string name, string options)
{
    IStage stage = name switch { "signals" => new SignalsStage(), "select" => new SelectStage(), _ => new ComposeStage() };
    string output = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
    Dictionary<string, string> inputs = new(StringComparer.Ordinal)
    {
        [Roles.Questions] = Path.Combine(folder, "questions.jsonl"),
        [Roles.Traces] = Path.Combine(folder, "traces.jsonl"),
        [Roles.Annotations] = Path.Combine(folder, "annotations.jsonl"),
        [Roles.Judgements] = Path.Combine(folder, "judgements.jsonl"),
        [Roles.Signals] = Path.Combine(folder, "signals", SignalsStage.Output),
        [ComposeStage.SelectionRole] = Path.Combine(folder, "select", SelectStage.Output),
    };
    JsonObject parameters = JsonNode.Parse(options)!.AsObject();
    long start = Stopwatch.GetTimestamp();
    stage.Run(new StageContext { Parameters = parameters, Inputs = inputs, OutputFolder = output });
    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    using Process own = Process.GetCurrentProcess();
    string what = name == "select" ? $"select, {parameters["method"]}" : name;
    Console.WriteLine(
        FormattableString.Invariant($"| {what} | {seconds:0.0} | {own.TotalProcessorTime.TotalSeconds:0.0} | {own.PeakWorkingSet64 / 1048576.0:0} |"));
    Measured.Print(what + ", peak", own.PeakWorkingSet64 / 1048576.0, "MiB");
    return 0;
}

static void Write(string folder, int rows, int letters)
{
    string[] domains = [.. Enumerable.Range(0, 13).Select(i => $"domain {i}")];
    string[] strategies = [.. Enumerable.Range(0, 20).Select(i => $"a strategy of reasoning {i}")];
    string filler = new('x', letters);
    string question = new('q', 250);
    IEnumerable<string> Ids() => Enumerable.Range(0, rows).Select(i => ContentHash.OfText(i.ToString(CultureInfo.InvariantCulture)).Hex[..32]);
    JsonLines.Write(Path.Combine(folder, "questions.jsonl"), Ids().Select(id => new Question(id, question, "1")));
    JsonLines.Write(Path.Combine(folder, "traces.jsonl"), Ids().Select((id, i) => new Trace(id, filler, "1", 500 + (i * 7919 % 9000))));
    JsonLines.Write(Path.Combine(folder, "judgements.jsonl"), Ids().Select((id, i) => new Judgement(id, i % 3 == 0)));
    SeededRandom random = SeededRandom.From("bench");
    JsonLines.Write(Path.Combine(folder, "annotations.jsonl"), Ids().Select((id, i) => new Annotation(
        id,
        domains[i % 13],
        [.. Enumerable.Range(0, i % 8).Select(_ => random.Pick(strategies)).Distinct().Order(StringComparer.Ordinal)],
        i % 11)
    { Topics = [$"topic {i % 401}", $"topic {i % 211}"] }));
}
