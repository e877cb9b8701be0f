using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Models behind endpoints: <c>{endpoint: ..., model: ...}</c> in <c>data</c> and in rows of a table.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Teacher = "endpoint: http://localhost:8000/v1, model: R1, prompt: prompts/think.txt";
    private const string Annotator =
        "endpoint: http://localhost:8000/v1, model: Labels, tasks: [{prompt: prompts/annotate.txt, fields: [domain, strategies, verbosity]}]";

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_CarryEveryOption_When_ATeacherIsBehindAnEndpoint()
    {
        Data($"teacher: {{{Teacher}, system: prompts/direct.txt, sample: 2, keyVariable: TEACHER_KEY, addressVariable: TEACHER_URL, "
            + "sampling: {temperature: 0.6, topP: 0.95, maxTokens: 100, seed: 7, stop: [END, STOP], extra: {top_k: 20, names: [a, 1.5, true, ~], deep: "
            + "{quoted: \"1\"}}}, "
            + "limits: {maxConcurrency: 2, idleTimeout: 1.5, stream: false}, prices: {inputPerMillion: 0.55, outputPerMillion: 2.19}}");

        Target target = _bench.Plan().Graph["data/traces"];

        Assert.Equal("teach", target.StageName);
        Assert.Equal(new TargetInput("world/pool", "questions.jsonl"), target.Inputs["questions"]);
        Assert.Equal(
            """
            {"endpoint":{"addressVariable":"TEACHER_URL","keyVariable":"TEACHER_KEY","limits":{"idleTimeout":1.5,"maxConcurrency":2,"startConcurrency":2,"stream":false},"model":"R1","prices":{"inputPerMillion":0.55,"outputPerMillion":2.19},"sampling":{"extra":{"deep":{"quoted":"1"},"names":["a",1.5,true,null],"top_k":20},"maxTokens":100,"seed":7,"stop":["END","STOP"],"temperature":0.6,"topP":0.95},"url":"http://localhost:8000/v1"},"prompt":"think carefully .\n{question}\n{options}","sample":2,"system":"answer directly .\n{question}\n{options}"}
            """,
            CanonicalJson.Write(target.Parameters));
    }

    [Fact]
    public void Should_TakeThePlaceOfTheWorld_When_EveryModelIsBehindAnEndpoint()
    {
        Data(
            $"teacher: {{{Teacher}}}\n  second: {{{Teacher}}}\n  annotator: {{{Annotator}, domains: [Law, Logic]}}\n  agreement: {{endpoint: "
            + "http://localhost:8001/v1, model: J, prompt: prompts/judge.txt}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(
            [
                "base/cluster", "base/embed", "base/pretrain", "data/annotations", "data/judgements", "data/second", "data/second-prompts", "data/signals",
                "data/traces", "world/corpus", "world/pool", "world/tokenizer",
            ],
            graph.Order.Where(address =>
                address.Split('/')[0] is "base" or "data"
                    || (address.StartsWith("world/", StringComparison.Ordinal) && !address.Contains("benchmark", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal));
        Assert.Equal(new TargetInput("data/second-prompts", "prompts.jsonl"), graph["data/second"].Inputs["prompts"]);
        Assert.Equal(["answers", "questions", "traces"], graph["data/judgements"].Inputs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new TargetInput("data/second", "answers.jsonl"), graph["data/judgements"].Inputs["answers"]);
        Assert.Equal(new TargetInput("data/annotations", "annotations.jsonl"), graph["data/signals"].Inputs["annotations"]);
        Assert.Equal(["Law", "Logic"], graph["data/annotations"].Parameters["domains"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Should_InlineTheVocabulary_When_NamesAreMerged()
    {
        Data($"annotator: {{{Annotator}, vocabulary: prompts/strategies.yaml, keepUnmatched: false}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(("merge-strategies", "annotate"), (graph["data/annotations"].StageName, graph["data/annotations/raw"].StageName));
        Assert.Equal(
            """{"keepUnmatched":false,"vocabulary":{"backtracking":["revising"],"sub-goals":[]}}""", CanonicalJson.Write(graph["data/annotations"].Parameters));
        Assert.Equal(new TargetInput("data/annotations/raw", "annotations.jsonl"), graph["data/annotations"].Inputs["annotations"]);
    }

    [Fact]
    public void Should_CompareTwoAnnotators_When_ASecondIsNamed()
    {
        Data($"secondAnnotator: {{{Annotator}}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal("""{"first":"world","second":"Labels"}""", CanonicalJson.Write(graph["data/annotator-agreement"].Parameters));
        Assert.Equal(new TargetInput("world/annotate", "annotations.jsonl"), graph["data/annotator-agreement"].Inputs["first"]);
        Assert.Equal(new TargetInput("data/second-annotations", "annotations.jsonl"), graph["data/annotator-agreement"].Inputs["second"]);
        Assert.DoesNotContain("data/second-annotations", graph.Closure(["Ablation/table"]));
    }

    [Fact]
    public void Should_BeATargetEach_When_APoolIsCutIntoShards()
    {
        Data($"teacher: {{{Teacher}, shards: 3}}\n  second: {{{Teacher}, shards: 2}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(("join-shards", 3), (graph["data/traces"].StageName, (int)graph["data/traces"].Parameters["count"]!));
        Assert.Equal(
            ["data/traces/shard0", "data/traces/shard1", "data/traces/shard2", "world/pool"],
            graph["data/traces"].Inputs.Values.Select(input => input.TargetAddress).Order(StringComparer.Ordinal));
        Assert.Equal("""{"count":3,"index":2}""", CanonicalJson.Write(graph["data/traces/shard2"].Parameters["shard"]));
        Assert.Equal(new TargetInput("data/traces", "rows.jsonl"), graph["world/annotate"].Inputs["traces"]);
        Assert.Equal(new TargetInput("data/second-prompts", "prompts.jsonl"), graph["data/second/shard1"].Inputs["prompts"]);
    }

    [Fact]
    public void Should_TakeThePlaceOfGenerate_When_ARowIsAModelBehindAnEndpoint()
    {
        _bench.Change(
            "tables/Ablation.yaml", "  - base: true\n",
            "  - base: true\n  - {endpoint: http://localhost:8000/v1, model: R1, label: Theirs, mode: direct, sampling: {topP: 1, seed: 40}, limits: {retries: "
            + "1}}\n");

        TargetGraph graph = _bench.Plan().Graph;

        Target second = graph["Ablation/Theirs/seed2/answer/Hard"];
        Assert.Equal("answer", second.StageName);
        Assert.Equal(new TargetInput("prompts/direct/Hard", "prompts.jsonl"), second.Inputs["prompts"]);

        // Temperature and length are the profile's; each replicate has a sample and a seed of its own.
        Assert.Equal(
            """{"endpoint":{"limits":{"retries":1},"model":"R1","sampling":{"maxTokens":200,"seed":42,"temperature":0.6,"topP":1},"url":"http://localhost:8000/v1"},"sample":1}""",
            CanonicalJson.Write(second.Parameters));
        Assert.Equal(new TargetInput("Ablation/Theirs/seed2/answer/Hard", "answers.jsonl"), graph["Ablation/Theirs/seed2/grade/Hard"].Inputs["answers"]);
        Assert.Equal(new TargetInput("world/benchmark/Hard", "questions.jsonl"), graph["Ablation/Theirs/seed2/grade/Hard"].Inputs["questions"]);
        Assert.Equal("R1 behind an endpoint, asked in mode direct", _bench.Plan().Describe("Ablation/Theirs"));
    }

    [Fact]
    public void Should_ReplaceTheModelWhole_When_AnExtendingProfileNamesRecordedWork()
    {
        Data($"teacher: {{{Teacher}}}");
        _bench.Write(
            "profiles/other.yaml",
            $"extends: tiny.yaml\nname: other\ndata: {{teacher: {{recorded: {{file: traces.jsonl, sha256: {new string('0', 64)}, "
            + "map: {text: q, output: a}}}}\n");

        Assert.Equal("import-traces", _bench.Plan("other").Graph["data/traces"].StageName);
    }

    [Fact]
    public void Should_NeverShowTheValue_When_ASecretStandsInAFile()
    {
        foreach (string key in
            new[]
            {
                "key: sesame1", "api_key: sesame1", "apiKey: sesame1", "API-KEY: sesame1", "token: [sesame1]", "authorization: Bearer sesame1",
                "password: {is: sesame1}", "keyVariable: hf_sesame1AbCdEfGh", "sampling: {extra: {x: [{secret: sesame1}]}}",
            })
        {
            Data($"teacher: {{{Teacher}, {key}}}");

            UserErrorException error = _bench.Fails();

            Assert.DoesNotContain("sesame1", string.Join('\n', error.Errors), StringComparison.Ordinal);
            Assert.Contains("keyVariable", Assert.Single(error.Errors).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Should_BindWhatEveryStageReads_When_ModelsAreBehindEndpoints()
    {
        Data(
            $"teacher: {{{Teacher}, shards: 2}}\n  second: {{{Teacher}}}\n  annotator: {{{Annotator}, shards: 2, vocabulary: prompts/strategies.yaml}}\n  "
            + "secondAnnotator: world\n  agreement: {endpoint: http://localhost:8001/v1, model: J, prompt: prompts/judge.txt, shards: 2}");
        _bench.Change("tables/Ablation.yaml", "  - base: true\n", "  - {endpoint: http://localhost:8000/v1, model: R1, label: Theirs}\n");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.All(graph.Order.Select(address => graph[address]), target =>
        {
            StageDescription stage = StageCatalog.Create(target.StageName).Description;
            Assert.Empty(stage.Inputs.Except(target.Inputs.Keys));
            Assert.All(target.Inputs.Values.Where(input => input.File is not null), input =>
                Assert.Contains(input.File!, StageCatalog.Create(graph[input.TargetAddress].StageName).Description.Outputs));
        });
        Assert.Equal(
            [
                "Ablation/Theirs/seed1/answer/Free", "Ablation/Theirs/seed1/answer/Hard", "Ablation/Theirs/seed2/answer/Free",
                "Ablation/Theirs/seed2/answer/Hard", "data/annotations/raw/shard0", "data/annotations/raw/shard1", "data/judgements/shard0",
                "data/judgements/shard1", "data/second", "data/traces/shard0", "data/traces/shard1",
            ],
            graph.Order.Where(address => StageCatalog.Create(graph[address].StageName).Description.CallsModels).Order(StringComparer.Ordinal));
    }

    private void Data(string data) => _bench.Write("profiles/tiny.yaml", $"extends: base.yaml\nname: tiny\ndata:\n  {data}\n");
}
