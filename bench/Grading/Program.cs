using System.Diagnostics;
using System.Globalization;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Grading.Bench;

// All letter protocols over the recorded answers of real models to MMLU-Pro (eval_results of TIGER-AI-Lab/MMLU-Pro: one zip a model, in
// the folder given, or in mmlu_pro below NATURALTHOUGHTS_DATA), on two threads. Then the answers that the benchmark's program stored,
// row by row, against ours. Processor time is told, so that other work on the machine counts less.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args.Length > 0 ? args[0] : Path.Combine(Environment.GetEnvironmentVariable("NATURALTHOUGHTS_DATA") ?? "", "mmlu_pro");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder '{folder}'. Give the one with MMLU-Pro's eval_results, or set NATURALTHOUGHTS_DATA.");
    return 2;
}

List<(string Model, List<RecordedResponse> Rows)> models =
    [.. Directory.GetFiles(folder, "*.zip").Order(StringComparer.Ordinal)
        .Select(path => (Path.GetFileNameWithoutExtension(path), RecordedResponse.Read(path)))];
RecordedResponse[] all = [.. models.SelectMany(model => model.Rows)];
Console.WriteLine($"{all.Length} responses, {all.Sum(row => (long)row.Response.Length) / 1e6:0.0} million characters");
Console.WriteLine($"{"protocol",-36} {"processor s",11} {"accuracy",9} {"unparsed",9} {"guessed",8} {"undecided",9}");
TimeSpan total = TimeSpan.Zero;
Stopwatch clock = Stopwatch.StartNew();
foreach (string id in ProtocolCatalog.LetterIds)
{
    IGradingProtocol protocol = ProtocolCatalog.Find(id)!;
    TimeSpan start = Environment.CpuUsage.TotalTime;
    Graded[] grades = [.. all.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(row => Graded.Of(protocol, row.Response, row.Question))];
    TimeSpan spent = Environment.CpuUsage.TotalTime - start;
    total += spent;
    int Count(Verdict verdict) => grades.Count(grade => grade.Verdict == verdict);
    Console.WriteLine(
        $"{id,-36} {spent.TotalSeconds,11:0.0} {grades.Average(grade => grade.Score),9:P2} {Count(Verdict.Unparsed),9} {Count(Verdict.Guessed),8} "
        + $"{Count(Verdict.Undecided),9}");
}

Console.WriteLine($"all letter protocols: {clock.Elapsed.TotalSeconds:0.0} s on two threads, {total.TotalSeconds:0.0} s of processor time");
Console.WriteLine();
Console.WriteLine($"{"model",-30} {"protocol",-24} {"same",6} {"drawn",6} {"other",6} {"stored pred right",17} {"ours, expected",14}");
bool differs = false;
foreach ((string model, List<RecordedResponse> rows) in models)
{
    PredComparison[] comparisons =
        [.. new[] { "mmlu-pro-api/f418b11", "mmlu-pro-local/f418b11", "mmlu-pro-local/835a420" }.Select(id => PredComparison.Of(id, rows))];
    foreach (PredComparison row in comparisons)
    {
        Console.WriteLine($"{model,-30} {row.Protocol,-24} {row.Same,6} {row.Drawn,6} {row.Other.Count,6} {row.Stored,17:P2} {row.Expected,14:P2}");
    }

    differs |= comparisons.All(row => row.Other.Count > 0);
}

return differs ? 1 : 0;
