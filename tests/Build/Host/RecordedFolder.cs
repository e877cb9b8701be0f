using System.Diagnostics;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>A folder of a host in which four models answered forty questions of two categories; their files lie outside of it.</summary>
internal sealed class RecordedFolder : IDisposable
{
    private static readonly string[] Models = ["Ada", "Bob", "Cyd", "Dan"];
    private readonly string _data = Directory.CreateTempSubdirectory("nt-data").FullName;

    public RecordedFolder()
    {
        Write(
            "quiz/questions.csv",
            "id,question,a,b,c,answer,category\n" + string.Concat(
                Enumerable.Range(0, 40).Select(i => $"q{i:00},Question {i}?,red {i},blue {i},green {i},{Reference(i)},{(i < 20 ? "first" : "second")}\n")));
        for (int m = 0; m < Models.Length; m++)
        {
            // Bob lacks the last question, and his file has another reference for the one before.
            int model = m;
            Write($"quiz/{Models[m]}.jsonl", string.Concat(Enumerable.Range(0, m == 1 ? 39 : 40).Select(i =>
                $$"""{"id":"q{{i:00}}","ref":"{{(model == 1 && i == 38 ? "A" : Reference(i))}}","text":"{{Response(model, i)}}"}""" + "\n")));
        }

        Host.Write("experiments/profiles/recorded.yaml", $$"""
            extends: tiny.yaml
            name: recorded
            description: Recorded answers.
            tables: own
            benchmarks:
              Hard: ~
              Free: ~
              Broad: ~
              Transfer: ~
              Quiz: {file: data/quiz/questions.csv, sha256: {{Digest("quiz/questions.csv")}}, options: 3, protocol: [mmlu-pro-api/f418b11, strict-answer-line/2], map: {id: id, text: question, reference: {field: answer, as: letter}, options: {columns: [a, b, c]}, meta: {category: category} } }

            """);
        string rows = string.Concat(Models.Select(model =>
            $"  - {{label: {model}, recorded: {{file: data/quiz/{model}.jsonl, sha256: {Digest($"quiz/{model}.jsonl")}, map: "
            + "{id: id, output: text, reference: ref}}}\n"));
        Host.Write(
            "experiments/tables/Signs.own.yaml",
            Table("Signs", "proxies", rows)
                + "proxies: {targets: [Dan], signals: {Two: {disagreement: [Ada, Bob]}, Long: {length: Ada}, Three: {entropy: [Ada, Bob, Cyd]}}}\n");
        Host.Write(
            "experiments/tables/Rules.own.yaml",
            Table("Rules", "protocols", rows) + "questions: common\nprotocols: [mmlu-pro-api/f418b11, lm-eval-mmlu-pro/3.1, strict-answer-line/2]\n");
        Host.Write("experiments/tables/Plain.own.yaml", Table("Plain", "table", rows) + "questions: common\nbaseline: Ada\ncolumns: [unparsed, protocols]\n");
    }

    /// <summary>The folder in which the host runs.</summary>
    public HostFolder Host { get; } = HostFolder.Create();

    /// <summary>Runs the host with the models' files available.</summary>
    /// <param name="arguments">The command line.</param>
    public Task<HostRun> RunAsync(params string[] arguments) => TypeAsync(null, arguments);

    /// <summary>Runs the host and types into it.</summary>
    public async Task<HostRun> TypeAsync(string? input, params string[] arguments)
    {
        Process process = Host.Start(
            HostFolder.WithDefaults([.. arguments, "--profile=recorded"]),
            new Dictionary<string, string> { [Workspace.DataVariable] = _data, ["USER"] = "reader" });
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await HostFolder.FinishAsync(process);
    }

    /// <summary>Runs the host where nothing says where the files are.</summary>
    public Task<HostRun> RunWithoutDataAsync(params string[] arguments) => HostFolder.FinishAsync(
        Host.Start(HostFolder.WithDefaults([.. arguments, "--profile=recorded"]), new Dictionary<string, string> { [Workspace.DataVariable] = "" }));

    public void Dispose()
    {
        Host.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static char Reference(int question) => "ABC"[question % 3];

    // Each model is wrong on a few questions in seven; some answers say the letter in other words, and some not at all.
    private static string Response(int model, int question)
    {
        int draw = ((question * 5) + (model * 3)) % 7;
        char letter = draw < 2 + (model % 2) ? "ABC"[(question + 1) % 3] : Reference(question);
        return (question + model) % 9 == 0 ? "No idea."
            : (question + model) % 9 == 1 ? $"I choose {letter}. \\n\\nAnswer: {letter}"
            : $"{string.Concat(Enumerable.Repeat("hm ", draw))}The answer is ({letter}).";
    }

    private static string Table(string name, string kind, string rows) =>
        $"name: {name}\nkind: {kind}\ntitle: Recorded answers\ndescription: Recorded answers of four models.\nprofiles: "
        + $"[recorded]\nclass: exact\nbenchmarks: [Quiz]\nrows:\n{rows}";

    private string Digest(string name) => ContentHash.OfFile(Path.Combine(_data, name)).Hex;

    private void Write(string name, string text)
    {
        string path = Path.Combine(_data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
