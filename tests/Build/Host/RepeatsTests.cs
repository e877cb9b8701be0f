using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>A benchmark of rows of our own that a student answers three times, in several phrasings, beside recorded answers with repeats.</summary>
[Collection(HostFixture.Name)]
public sealed class RepeatsTests
{
    private const string Table = """
        name: Again
        title: Answered three times
        description: A student and what somebody's model answered.
        profiles: [again]
        baseline: Theirs
        class: statistical
        benchmarks: [Letters]
        replicates: [1]
        columns: [difference, errors, pass@k, maj@k, avg@2, faults, macro, phrasings]
        rows:
          - {recorded: {file: answers.jsonl, map: {id: id, options: options, output: text, repeat: round}}, label: Theirs, repeats: 3}
          - {base: true}

        """;

    private const string Benchmark = """
        name: Letters
        version: 1
        description: Rows of our own.
        source: {files: {letters.csv: unknown}, format: csv, rows: 4}
        map: {id: id, text: question, reference: {field: answer, as: letter}, options: {columns: [a, b]}, meta: {field: field}}
        shuffled: true
        answer: letter
        options: 2
        prompt: prompts/think.txt
        phrasings: [prompts/letters-2.txt, prompts/letters-3.txt]
        protocols: [strict-answer-line/2]
        seeds: 3
        macroAverages: [field]
        changes: {1: The first version.}

        """;

    [Fact]
    public async Task Should_PrintErrorsVotesAndPhrasings_When_EachQuestionIsAnsweredThreeTimes()
    {
        using HostFolder folder = HostFolder.Create();
        folder.Write(
            "experiments/profiles/again.yaml",
            "extends: tiny.yaml\nname: again\ndescription: Repeats.\nbenchmarks: {Letters: {file: benchmarks/Letters.yaml}}\n");
        folder.Write("experiments/benchmarks/Letters.yaml", Benchmark);
        folder.Write("experiments/prompts/letters-2.txt", "think carefully .\n{question}\n{options}\n");
        folder.Write("experiments/prompts/letters-3.txt", "{question}\n{choices}\n");
        folder.Write("experiments/tables/Again.yaml", Table);
        folder.Write(
            "data/letters.csv",
            "id,question,a,b,answer,field\nq1,First?,yes,no,A,one\nq2,Second?,yes,no,A,one\nq3,Third?,no,yes,B,one\nq4,Fourth?,no,yes,B,two\n");

        // Right: q1 three times, q2 twice, q3 once, q4 never.
        string[] rounds = ["AABA", "AAAA", "ABAA"];
        folder.Write("answers.jsonl", string.Concat(rounds.SelectMany((letters, round) => letters.Select((letter, i) => Row(i, round + 1, letter)))));

        HostRun run = (await folder.RunAsync("--target=Again", "--profile=again", "--verbosity=verbose")).Expect(ExitCode.Done);

        Assert.Contains("Again/base/seed1/generate/Letters/repeat3", run.Ran);
        Assert.Contains("Again/base/seed1/generate/Letters/phrasing3", run.Ran);
        Assert.Contains("benchmarks/Letters/order3", run.Ran);
        string[] table = File.ReadAllLines(folder.PathOf("results/again/Again.md"));

        // 6 of 12 right. Questions' means 1, 2/3, 1/3, 0: standard deviation 0.4303 over 2. Rounds' means 3/4, 1/2, 1/4: 0.25 over the root of 3.
        // One answer of three is right for three questions, so pass@3 is 75 %; majorities are right for q1 and q2; of the first two rounds q1, q2 twice, q3
        // once.
        Assert.Contains(table, line => line.StartsWith("| Theirs | Letters | 4 x 3 | 50.0 | 21.5 | 14.4 |  | 75.0 | 50.0 | 62.5 |", StringComparison.Ordinal));
        Assert.Contains(
            table, line => line.StartsWith("| base | Letters | 4 x 3 |", StringComparison.Ordinal) && line.Contains("| 3 | ", StringComparison.Ordinal));
        string[] csv = File.ReadAllLines(folder.PathOf("results/again/Again.measures.csv"));
        Assert.Contains("Theirs,Letters,macro/field,0.333333", csv);
        Assert.Contains("Theirs,Letters,field/one,0.666667", csv);

        // Locks and single cells know the repeats; an answer that moves is told with its repeat.
        (await folder.RunAsync("--target=Verify", "Again", "--profile=again")).Expect(ExitCode.Done);
        (await folder.RunAsync("--target=Verify", "Again/base", "--profile=again")).Expect(ExitCode.Done);
        folder.Edit("answers.jsonl", Row(2, 3, 'A'), Row(2, 3, 'B'));
        HostRun moved = (await folder.RunAsync("--target=Again", "--profile=again")).Expect(ExitCode.LockBroken);
        Assert.Contains("6 -> 7 right of 12", moved.Output + moved.Error, StringComparison.Ordinal);
        Assert.Contains("first q3 in repeat 3 (seed 1): wrong -> right", moved.Output + moved.Error, StringComparison.Ordinal);
    }

    // What was answered names the options as the model saw them: yes first for q1 and q2, no first for the others.
    private static string Row(int question, int round, char letter) =>
        $$"""{"id":"q{{question + 1}}","round":{{round}},"options":[{{(question < 2 ? "\"yes\",\"no\"" : "\"no\",\"yes\"")}}],"text":"Answer: {{letter}}"}"""
            + "\n";
}
