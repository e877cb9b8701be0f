using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Tests;

public sealed class BenchmarkFileTests : IDisposable
{
    private const string Valid = """
        name: Tiny
        version: 2
        description: Two questions.
        source:
          files: {tiny/a.jsonl: unknown}
          format: jsonl
        map:
          text: q
          reference: {field: a, as: letter}
          options: {list: o}
          meta: {kind: k}
          known: {kind: [x, y]}
        answer: letter
        options: 4
        prompt: prompts/think.txt
        protocols: [strict/1]
        seeds: 1
        changes: {1: First., 2: Second.}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmarks-");

    public BenchmarkFileTests()
    {
        _folder.CreateSubdirectory("prompts");
        _folder.CreateSubdirectory("benchmarks");
        File.WriteAllText(Path.Combine(_folder.FullName, "prompts", "think.txt"), "{question}\n{options}\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "prompts", "bare.txt"), "Say it.\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_BindEveryBenchmark_When_ItIsShipped()
    {
        ExperimentFiles files = new(Workbench.Repository);
        Assert.Empty(new[] { "GPQA-Diamond", "GSM8K", "MATH-500", "MMLU-Pro", "SuperGPQA" }.Except(files.Benchmarks));
        foreach (string name in files.Benchmarks)
        {
            BenchmarkFile benchmark = Read(files, name);
            Assert.Equal(name, benchmark.Name);
            Assert.Empty(Options(benchmark).Validate());
            Assert.Equal(benchmark.FewShot is not null, benchmark.Prompt.Contains("{examples}", StringComparison.Ordinal));
            Assert.NotNull(benchmark.Source.From);
        }

        Assert.Equal([24, 16, 1, 1], new[] { "GPQA-Diamond", "MATH-500", "MMLU-Pro", "SuperGPQA" }.Select(name => Read(files, name).Seeds));
        Assert.Equal(["GPQA-Diamond"], files.Benchmarks.Where(name => Read(files, name).Confidential));
    }

    [Fact]
    public void Should_LeaveDigestsToThePlan_When_ParametersAreWritten()
    {
        BenchmarkFile benchmark = Read(Valid)!;
        Assert.Equal(("Tiny", 2, "{question}\n{options}"), (benchmark.Name, benchmark.Version, benchmark.Prompt));
        Assert.Equal([KeyValuePair.Create("tiny/a.jsonl", (string?)null)], benchmark.Source.Files);
        JsonObject parameters = benchmark.ImportParameters();
        Assert.Equal("{\"format\":\"jsonl\"}", parameters["source"]!.ToJsonString());
        Assert.Equal(["source", "files"], SourceFiles.DigestKey);
        Assert.Empty(Options(benchmark).Validate());
    }

    [Theory]
    [InlineData("name: Tiny", "name: Small", "1:7", "called 'Small'")]
    [InlineData("version: 2", "version: 3", "18:10", "from 1 to 3")]
    [InlineData("unknown}", "abc}", "5:25", "not a SHA-256")]
    [InlineData("tiny/a.jsonl", "../a.jsonl", "5:11", "below the data folder")]
    [InlineData("tiny/a.jsonl", "/a.jsonl", "5:11", "below the data folder")]
    [InlineData("format: jsonl", "format: json-lines", "6:11", "cannot be 'json-lines'")]
    [InlineData("  text: q\n", "", "8:3", "'text' is missing")]
    [InlineData("text: q", "text: q[", "8:9", "not a path")]
    [InlineData("as: letter", "as: lettre", "9:29", "cannot be 'lettre'")]
    [InlineData("{list: o}", "{list: o, columns: [A]}", "10:12", "exactly one way")]
    [InlineData("  options: {list: o}\n", "", "9:14", "the map has none")]
    [InlineData("known: {kind:", "known: {king:", "12:10", "'king' is not among the names")]
    [InlineData("answer: letter", "answer: letters", "13:9", "cannot be 'letters'")]
    [InlineData("options: 4", "options: 0", "14:10", "the map has some")]
    [InlineData("prompts/think.txt", "prompts/thinks.txt", "15:9", "no prompt file")]
    [InlineData("[strict/1]", "[strict/2]", "16:13", "no protocol 'strict/2'")]
    [InlineData("seeds: 1", "seed: 1", "17:1", "no key 'seed'")]
    [InlineData("options: 4", "options: 4\nmacroAverages: [kin]", "15:17", "'kin' is not among")]
    [InlineData("reference: {field: a, as: letter}", "reference: a\n  refrence: b", "10:3", "no key 'refrence'")]
    public void Should_NameThePlace_When_TheFileIsWrong(string from, string to, string place, string words)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Read(Replace(from, to)));
        UserError found = error.Errors.First(one => one.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal($"experiments/benchmarks/Tiny.yaml:{place}", found.Location);
        Assert.False(string.IsNullOrEmpty(found.Hint));
    }

    [Fact]
    public void Should_NameThePrompt_When_ItHasNoPlaceForTheQuestion() => Assert.Contains(
        "experiments/prompts/bare.txt:1:1: The prompt lacks '{options}'",
        Assert.Throws<UserErrorException>(() => Read(Replace("prompts/think.txt", "prompts/bare.txt"))).Message);

    private static string Replace(string from, string to)
    {
        Assert.Equal(2, Valid.Split(from).Length);
        return Valid.Replace(from, to, StringComparison.Ordinal);
    }

    private static BenchmarkFile Read(ExperimentFiles files, string name)
    {
        ErrorList errors = new();
        BenchmarkFile? benchmark = BenchmarkFileBinder.Read(files, $"benchmarks/{name}.yaml", null, errors);
        errors.ThrowIfAny();
        return benchmark!;
    }

    private static ImportQuestionsOptions Options(BenchmarkFile benchmark)
    {
        JsonObject parameters = benchmark.ImportParameters();
        parameters["source"]!["files"] = new JsonObject(
            benchmark.Source.Files.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)(file.Value ?? new string('0', 64)))));
        return StageParameters.Read<ImportQuestionsOptions>(parameters);
    }

    private BenchmarkFile? Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "benchmarks", "Tiny.yaml"), text);
        ErrorList errors = new();
        BenchmarkFile? benchmark = BenchmarkFileBinder.Read(new ExperimentFiles(_folder.FullName), "benchmarks/Tiny.yaml", ["strict/1"], errors);
        errors.ThrowIfAny();
        return benchmark;
    }
}
