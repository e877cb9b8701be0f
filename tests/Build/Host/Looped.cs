using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>The tests' profile with its questions out of a file and all models behind an endpoint, a tenth of whose replies are wrong.</summary>
internal static class Looped
{
    private static readonly string[] Domains =
    [
        "Agronomy", "Architecture", "Economics", "Engineering", "Geography", "History", "Law", "Literature", "Logic", "Management", "Mathematics", "Medicine",
        "Science", "Statistics", "Time",
    ];

    /// <summary>Writes the profile <c>looped</c> and its questions into a folder in which the tests' profile has run.</summary>
    public static async Task<HostFolder> LayAsync(HostFolder folder)
    {
        (await folder.RunAsync("--target=Export", "world/natural-reasoning", "--to=" + folder.PathOf("data"))).Expect(ExitCode.Done);
        const string Model = "endpoint: http://127.0.0.1:8080/v1, addressVariable: LOOPBACK_URL, limits: {backoff: 0.01, maxConcurrency: 8}";
        folder.Write("experiments/profiles/looped.yaml", $$$$"""
            extends: tiny.yaml
            name: looped
            description: The tests' profile by files and endpoints.
            serve: {world: tiny, faults: 0.1, addressVariable: LOOPBACK_URL}
            data:
              questions: {file: data/natural_reasoning.jsonl, rows: 120, badRows: stop, map: {id: id, text: question, options: {list: "options?"}, reference: {field: reference_answer, as: letter}}}
              teacher: { {{{{Model}}}}, model: world-teacher, prompt: prompts/teach.txt, prices: {inputPerMillion: 1, outputPerMillion: 2} }
              second: { {{{{Model}}}}, model: world-second, prompt: prompts/second.txt }
              annotator: { {{{{Model}}}}, model: world-annotator, domains: [{{{{string.Join(", ", Domains)}}}}], tasks: [{prompt: prompts/annotate-question.txt, fields: [domain, topics]}, {prompt: prompts/annotate-trace.txt, fields: [strategies, verbosity]}] }
              agreement: { {{{{Model}}}}, model: world-judge, prompt: prompts/judge.txt }
            pretraining:
              corpus: {world: {levels: 2}}

            """);
        return folder;
    }

    /// <summary>Size and digest of a teacher's rows, as Show prints them.</summary>
    public static string Digest(HostRun shown) =>
        Regex.Match(shown.Expect(ExitCode.Done).Output, @"(traces|rows)\.jsonl: (\d+ bytes, .*/objects/../[0-9a-f]+)").Groups[2].Value is { Length: > 0 } digest
        ? digest
        : throw new InvalidOperationException(shown.Output);
}
