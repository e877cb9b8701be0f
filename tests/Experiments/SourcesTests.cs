using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>Questions, answers and benchmarks out of files: <c>data</c> and <c>benchmarks</c>.</summary>
public sealed class SourcesTests : IDisposable
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly Workbench _bench = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("data-");

    public void Dispose()
    {
        _bench.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public void Should_PutTheDigestIntoTheKey_When_ABenchmarkComesFromAFile()
    {
        string file = Write("mine.jsonl", "{}\n");
        Extend($"benchmarks:\n  Mine: {{file: {file}, options: 4, map: {{text: q, reference: {{field: a, as: letter}}, options: {{list: choices}}}}}}");

        TargetGraph graph = _bench.Plan().Graph;
        Target target = graph["benchmarks/Mine"];

        Assert.Equal("import-questions", target.StageName);
        Assert.Equal(_data.FullName, target.Sources["source"]);
        Assert.Equal(
            """{"files":{"mine.jsonl":"HASH"},"format":"jsonl"}""".Replace("HASH", ContentHash.OfFile(file).Hex, StringComparison.Ordinal),
            CanonicalJson.Write(target.Parameters["source"]));
        Assert.Equal(
            ("stop", "choices", "letter"),
            ((string)target.Parameters["badRows"]!, (string)target.Parameters["map"]!["options"]!["list"]!,
                (string)target.Parameters["map"]!["reference"]!["as"]!));
        Assert.Equal(new TargetInput("benchmarks/Mine", "questions.jsonl"), graph["prompts/think/Mine"].Inputs["questions"]);
        Assert.Equal(new TargetInput("benchmarks/Mine", "questions.jsonl"), graph["Ablation/base/seed1/grade/Mine"].Inputs["questions"]);
        Assert.Equal("Hard Free Mine", string.Join(' ', _bench.Load().Profile.Benchmarks.Select(benchmark => benchmark.Name)));
    }

    [Fact]
    public void Should_AskForReferences_When_AnswersAreGradedByThem()
    {
        string file = Write("mine.jsonl", "{}\n");
        Extend($"benchmarks:\n  Mine: {{file: {file}, map: {{text: q, reference: 'a?'}}}}");
        UserErrorException error = Assert.Throws<UserErrorException>(() => _bench.Plan());
        Assert.Contains("no question may lack its own", Assert.Single(error.Errors).Message, StringComparison.Ordinal);
        Assert.Equal("Write 'a'; 'badRows: skip' leaves out rows without one.", error.Errors[0].Hint);
    }

    [Fact]
    public void Should_KeepTheKey_When_AFileLiesElsewhere()
    {
        string one = Write("one.csv", "q,a\n1,2\n");
        string Spelled(string file)
        {
            Extend($"benchmarks: {{Mine: {{file: {file}, map: {{text: q, reference: a}}}}}}");
            return CanonicalJson.Write(_bench.Plan().Graph["benchmarks/Mine"].Parameters);
        }

        Directory.CreateDirectory(Path.Combine(_data.FullName, "other"));
        string other = Write("other/one.csv", "q,a\n1,2\n");

        Assert.Equal(Spelled(one), Spelled(other));
        Write("other/one.csv", "q,a\n1,3\n");
        Assert.NotEqual(Spelled(one), Spelled(other));
    }

    [Fact]
    public void Should_PlanWithoutTheFile_When_ItsDigestIsDeclared()
    {
        string missing = Path.Combine(_data.FullName, "missing.parquet");
        Extend($"benchmarks: {{Mine: {{file: {missing}, sha256: {Digest}, rows: 12, map: {{text: q, reference: a}}}}}}");

        Target target = _bench.Plan().Graph["benchmarks/Mine"];

        Assert.Equal(Digest, (string)target.Parameters["source"]!["files"]!["missing.parquet"]!);
        Assert.Equal(12, (long)target.Parameters["rows"]!);
        Assert.Equal("parquet", (string)target.Parameters["source"]!["format"]!);
    }

    [Fact]
    public void Should_ReadAllOfIt_When_AFolderIsGiven()
    {
        foreach (string name in new[] { "part-0.jsonl.gz", "part-1.jsonl.gz", "README.md", ".gitattributes" })
        {
            Write(name, name);
        }

        Extend($"benchmarks: {{Mine: {{file: {_data.FullName}, map: {{text: q, reference: a}}}}}}");

        Target target = _bench.Plan().Graph["benchmarks/Mine"];

        Assert.Equal(["part-0.jsonl.gz", "part-1.jsonl.gz"], target.Parameters["source"]!["files"]!.AsObject().Select(file => file.Key));
        Assert.Equal("jsonl", (string)target.Parameters["source"]!["format"]!);
        Assert.Equal(_data.FullName, target.Sources["source"]);
    }

    [Fact]
    public void Should_LeaveABenchmarkOut_When_NothingStandsBehindItsColon()
    {
        Extend("benchmarks:\n  Hard:\n");

        Assert.Equal(["Free"], _bench.Load().Profile.Benchmarks.Select(benchmark => benchmark.Name));
        Assert.DoesNotContain(_bench.Plan().Graph.Order, address => address.Contains("Hard", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_TakeTheNearerSource_When_AProfileExtendsOneOfTheWorld()
    {
        string file = Write("pool.jsonl", "{}\n");
        Extend($"benchmarks: {{Hard: {{file: {file}, map: {{text: q, reference: a}}}}}}");

        BenchmarkSettings hard = _bench.Load().Profile.Benchmarks.Single(benchmark => benchmark.Name == "Hard");

        Assert.Equal(new Output("benchmarks/Hard", "questions.jsonl"), hard.Source.Output);
        Assert.Null(hard.Count);
    }

    [Fact]
    public void Should_GradeOnceForEach_When_ProtocolsAreListed()
    {
        string protocol = Evaluation.GradingProtocol.Names[0];
        Extend($"benchmarks: {{Free: {{protocol: {protocol}}}}}");

        ExperimentPlan plan = _bench.Plan();

        Assert.Equal(protocol, (string)plan.Graph["Ablation/base/seed1/grade/Free"].Parameters["protocol"]!);
        Assert.Equal([null, protocol], plan.Graph["Ablation/table"].Parameters["benchmarks"]!.AsArray().Select(benchmark => (string?)benchmark!["protocol"]));
        if (Evaluation.GradingProtocol.Names is [_, var second, ..])
        {
            Extend($"benchmarks: {{Free: {{protocol: [{second}, {protocol}]}}}}");
            TargetGraph graph = _bench.Plan().Graph;
            Assert.Equal(second, (string)graph["Ablation/base/seed1/grade/Free"].Parameters["protocol"]!);
            Assert.Equal(protocol, (string)graph["Ablation/base/seed1/grade/Free/" + protocol].Parameters["protocol"]!);
            Assert.Equal(graph["Ablation/base/seed1/grade/Free"].Inputs, graph["Ablation/base/seed1/grade/Free/" + protocol].Inputs);
        }
    }

    [Fact]
    public void Should_BindAllOfIt_When_EverythingIsRecorded()
    {
        string pool = Write("pool.jsonl", "{}\n"), traces = Write("traces.jsonl", "{}\n"), notes = Write("notes.csv", "q\n"),
        verdicts = Write("verdicts.jsonl", "{}\n");
        Extend("""
            data:
              questions: {file: POOL, map: {text: question, reference: reference_answer}}
              teacher: {recorded: {file: TRACES, map: {text: question, output: messages}}}
              second: {recorded: {map: {text: question, output: 'responses[0].response'}}}
              annotator: {recorded: {file: NOTES, map: {text: q, domain: d, strategies: s, verbosity: v}, domains: [Law, Science]}}
              agreement: {recorded: {file: VERDICTS, map: {id: qid, agree: same}}}
            """
            .Replace("POOL", pool, StringComparison.Ordinal).Replace("TRACES", traces, StringComparison.Ordinal)
            .Replace("NOTES", notes, StringComparison.Ordinal).Replace("VERDICTS", verdicts, StringComparison.Ordinal));

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(
            [
                "data/annotations import-annotations", "data/judgements import-judgements", "data/questions import-questions", "data/second import-answers",
                "data/signals signals", "data/traces import-traces",
            ],
            graph.Order.Where(address => address.StartsWith("data/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(address => $"{address} {graph[address].StageName}"));
        Assert.All(graph.Order.Where(address => address.StartsWith("data/", StringComparison.Ordinal) && address != "data/questions"), address =>
            Assert.Equal(new TargetInput("data/questions", "questions.jsonl"), graph[address].Inputs["questions"]));
        Assert.Equal(ContentHash.OfFile(pool).Hex, (string)graph["data/second"].Parameters["source"]!["files"]!["pool.jsonl"]!);
        Assert.Equal("""{"domain":"d","strategies":"s","text":"q","verbosity":"v"}""", CanonicalJson.Write(graph["data/annotations"].Parameters["map"]));
        Assert.Equal("skip", (string)graph["data/questions"].Parameters["badRows"]!);
        IReadOnlyDictionary<string, TargetInput> select = graph["Ablation/ModelsDisagree/50/System2/seed1/select"].Inputs;
        Assert.Equal(
            ["judgements=data/judgements:judgements.jsonl", "signals=data/signals:signals.jsonl"],
            select.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key}={input.Value}"));
        Assert.Equal(
            ["annotations=data/annotations:annotations.jsonl", "questions=data/questions:questions.jsonl", "traces=data/traces:traces.jsonl"],
            graph["data/signals"].Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key}={input.Value}"));
        Assert.DoesNotContain("world/card", graph.Order);
        Assert.Equal("tiny", (string)graph["world/corpus"].Parameters["seed"]!);
    }

    [Fact]
    public void Should_ReadTheCleanedQuestions_When_ThePoolIsCleaned()
    {
        Extend("data: {clean: {duplicates: exact, maxWords: 300, languages: [no, en]}}");

        TargetGraph graph = _bench.Plan().Graph;

        Target clean = graph["data/clean"];
        Assert.Equal("""{"duplicates":"exact","languages":["en","no"],"maxWords":300}""", CanonicalJson.Write(clean.Parameters));
        Assert.Equal(
            [
                "benchmark/Free=world/benchmark/Free:questions.jsonl",
                "benchmark/Hard=world/benchmark/Hard:questions.jsonl",
                "questions=world/pool:questions.jsonl",
            ],
            clean.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal).Select(input => $"{input.Key}={input.Value}"));
        TargetInput cleaned = new("data/clean", "questions.jsonl");
        foreach (string reader in
            new[] { "world/teach", "world/solve", "world/annotate", "data/judge", "base/embed", "data/signals", "Ablation/Random/50/System2/seed1/compose" })
        {
            Assert.Equal(cleaned, graph[reader].Inputs["questions"]);
        }

        Extend("data: {clean: {decontaminate: [Free]}}");
        Assert.Equal(["benchmark/Free", "questions"], _bench.Plan().Graph["data/clean"].Inputs.Keys.Order(StringComparer.Ordinal));
        Extend("data: {clean: {decontaminate: none}}");
        Assert.Equal(["questions"], _bench.Plan().Graph["data/clean"].Inputs.Keys);
    }

    [Fact]
    public void Should_JudgeByTheRule_When_OnlyTheSecondModelIsRecorded()
    {
        string file = Write("second.jsonl", "{}\n");
        Extend($"data: {{second: {{recorded: {{file: {file}, format: nemo-skills}}}}}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal(new TargetInput("data/second", "answers.jsonl"), graph["data/judge"].Inputs["answers"]);
        Assert.Equal("nemo-skills", (string)graph["data/second"].Parameters["format"]!);
    }

    [Fact]
    public void Should_NeedNoSecondModel_When_JudgementsAreRecorded()
    {
        string file = Write("verdicts.jsonl", "{}\n");
        _bench.Change("profiles/base.yaml", "  second: world\n", "");
        Assert.Equal("The key 'second' is missing in 'data'.", Assert.Single(_bench.Fails().Errors).Message);
        Extend($"data: {{agreement: {{recorded: {{file: {file}, map: {{id: qid, agree: same}}}}}}}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.DoesNotContain(graph.Order, address => address is "world/solve" or "data/judge" or "world/card");
        Assert.Equal(new TargetInput("data/judgements", "judgements.jsonl"), graph["Ablation/ModelsDisagree/50/System2/seed1/select"].Inputs["judgements"]);
    }

    [Fact]
    public void Should_AskAsTheBenchmarkDoes_When_ItHasAFileOfItsOwn()
    {
        string data = Declare("shuffled: true\n");
        Extend("benchmarks: {Own: {file: benchmarks/Own.yaml}}");

        TargetGraph graph = _bench.Plan().Graph;

        Target questions = graph["benchmarks/Own"];
        Assert.Equal(data, questions.Sources["source"]);
        Assert.Equal(ContentHash.OfFile(Path.Combine(data, "own", "a.jsonl")).Hex, (string)questions.Parameters["source"]!["files"]!["own/a.jsonl"]!);
        Assert.Equal(2, (int)graph["benchmarks/Own/order2"].Parameters["repeat"]!);
        Assert.Equal(new TargetInput("benchmarks/Own/order2", "questions.jsonl"), graph["prompts/think/Own/order2"].Inputs["questions"]);
        Assert.Equal(new TargetInput("benchmarks/Own/order2", "questions.jsonl"), graph["Ablation/Random/50/System2/seed2/grade/Own"].Inputs["questions"]);
        Assert.Equal(new TargetInput("prompts/think/Own/order1", "prompts.jsonl"), graph["Ablation/base/seed1/generate/Own"].Inputs["prompts"]);
        Assert.Equal("Own: {question}\n{options}", (string)graph["prompts/think/Own/order2"].Parameters["template"]!);
        Assert.Equal("answer directly .\n{question}\n{options}", (string)graph["prompts/direct/Own/order1"].Parameters["template"]!);
        Assert.Equal(4, _bench.Load().Profile.Benchmarks.Single(benchmark => benchmark.Name == "Own").Options);
    }

    [Fact]
    public void Should_ShowExamples_When_ABenchmarkHasThem()
    {
        Declare("""
            fewShot:
              source: {files: {own/a.jsonl: unknown}, format: jsonl}
              map: {text: q, reference: {field: a, as: letter}, options: {list: o}, meta: {solution: s}}
              count: 3
              example: prompts/example.txt

            """);
        _bench.Write("prompts/own.txt", "{examples}{question}\n{options}\n");
        _bench.Write("prompts/example.txt", "{question}\n{options}\n{solution}\n");
        Extend("benchmarks: {Own: {file: benchmarks/Own.yaml}}");

        TargetGraph graph = _bench.Plan().Graph;

        Assert.Equal("few-shot-prompts", graph["prompts/think/Own"].StageName);
        Assert.Equal(new TargetInput("benchmarks/Own/examples", "questions.jsonl"), graph["prompts/think/Own"].Inputs["examples"]);
        Assert.Equal(new TargetInput("benchmarks/Own", "questions.jsonl"), graph["prompts/think/Own"].Inputs["questions"]);
    }

    [Fact]
    public void Should_SayWhatIsMissing_When_ABenchmarksDataIsNotThere()
    {
        File.Delete(Path.Combine(Declare(""), "own", "a.jsonl"));
        Extend("benchmarks: {Own: {file: benchmarks/Own.yaml}, Other: {file: benchmarks/Owm.yaml}}");

        IReadOnlyList<UserError> errors = _bench.Fails().Errors;

        Assert.Equal(["experiments/profiles/sources.yaml:4:26", "experiments/profiles/sources.yaml:4:62"], errors.Select(error => error.Location));
        Assert.Contains("a.jsonl', which benchmarks/Own.yaml names", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal("Did you mean 'benchmarks/Own.yaml'?", errors[1].Hint);
    }

    [Theory]
    [InlineData("benchmarks: {Mine: {file: {0}}}", "4:20", "The key 'map' is missing in the benchmark 'Mine'.")]
    [InlineData(
        "benchmarks: {Mine: {file: {0}, map: {text: q, reference: a}, world: {count: 5}}}", "4:20", "The benchmark 'Mine' comes from 'world' and from 'file'.")]
    [InlineData("benchmarks: {Mine: {protocol: x/1}}", "4:20", "Where the benchmark 'Mine' comes from is missing.")]
    [InlineData("benchmarks: {Mine: {file: {0}, mapp: {}}}", "4:36", "There is no key 'mapp' in the benchmark 'Mine'.")]
    [InlineData("benchmarks: {Mine: {file: {0}, map: {text: 'a[', reference: a}}}", "4:48", "'a['")]
    [InlineData("benchmarks: {Mine: {file: {0}, map: {text: q}}}", "4:41", "The map does not say what the right answer is.")]
    [InlineData("benchmarks: {Mine: {file: {0}, map: {text: q, reference: {field: a, as: leter}}}}", "4:77", "'leter'")]
    [InlineData("benchmarks: {Mine: {file: {0}, sha256: 12, map: {text: q, reference: a}}}", "4:44", "'12' is not a SHA-256 digest.")]
    [InlineData(
        "benchmarks: {Mine: {file: gone, format: csv, sha256: {../x.csv: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}, map: {text: q, "
        + "reference: a}}}", "4:55", "not a file below the folder")]
    [InlineData("data: {clean: {duplicates: nearly}}", "4:28", "'duplicates' cannot be 'nearly'.")]
    [InlineData("data: {clean: {similarity: 0}}", "4:28", "'similarity' is 0, which is out of range.")]
    [InlineData("data: {clean: {decontaminate: [Fre]}}", "4:32", "There is no benchmark 'Fre'.")]
    [InlineData("data: {clean: {languages: [en, xq]}}", "4:32", "There is no language 'xq' in cleaning.")]
    [InlineData("data: {clean: {decontaminat: all}}", "4:16", "There is no key 'decontaminat' in 'clean'.")]
    [InlineData("benchmarks: {Mine: {file: nowhere.jsonl, map: {text: q, reference: a}}}", "4:27", "There is no file")]
    [InlineData("benchmarks: {Mine: {file: {1}, map: {text: q, reference: a}}}", "4:20", "The key 'format' is missing in the benchmark 'Mine'.")]
    [InlineData("benchmarks: {Free: {protocol: loose}}", "4:31", "There is no grading protocol 'loose'.")]
    [InlineData("benchmarks: {a/b: {file: {0}, map: {text: q, reference: a}}}", "4:14", "The benchmark cannot be called 'a/b'")]
    [InlineData("benchmarks: {Hard: ~, Free: ~}", "4:13", "No benchmark is left.")]
    [InlineData("data: {annotator: {recorded: {file: {0}, map: {text: q, domain: d, strategies: '[', verbosity: v}}}}", "4:84", "'['")]
    [InlineData("data: {annotator: {recorded: {file: {0}, map: {domain: d, strategies: s, verbosity: v}}}}", "4:51", "which question")]
    [InlineData("data: {agreement: {recorded: {file: {0}, map: {text: q}}}}", "4:51", "The key 'agree' is missing")]
    [InlineData("data: {questions: {file: {0}, map: {text: q, reference: a}}}", "", "The world's teacher can answer")]
    [InlineData("data: {second: {recorded: {0}}}", "4:27", "The map does not say which field has the answers.")]
    [InlineData("data: {second: {recorded: {file: {0}, matchBy: idd, map: {id: a, output: b}}}}", "4:52", "'matchBy' cannot be 'idd'.")]
    [InlineData("data: {questions: {world: {seed: x, count: 500}, map: {text: q}}}", "4:50", "There is no key 'map' in 'questions'.")]
    public void Should_SayWhatIsWrongAndWhere_When_ASourceIsDescribed(string yaml, string place, string message)
    {
        const string Jsonl = "X.jsonl", NoEnding = "X";
        Extend(yaml.Replace("{0}", Jsonl, StringComparison.Ordinal).Replace("{1}", NoEnding, StringComparison.Ordinal));

        // The files are at the checkout's root, so that the columns are known.
        File.WriteAllText(Path.Combine(_bench.Root, Jsonl), "{}\n");
        File.WriteAllText(Path.Combine(_bench.Root, NoEnding), "{}\n");
        UserErrorException refused = _bench.Fails("sources");

        Assert.Contains(
            refused.Errors,
            error => (place.Length == 0 || error.Location == "experiments/profiles/sources.yaml:" + place)
                && error.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(refused.Errors, error => Assert.False(string.IsNullOrEmpty(error.Hint)));
    }

    // The data folder of the checkout, with the one file of a benchmark.
    private string Declare(string more)
    {
        Directory.CreateDirectory(Path.Combine(_bench.Root, "experiments", "benchmarks"));
        _bench.Write("prompts/own.txt", "Own: {question}\n{options}\n");
        _bench.Write("benchmarks/Own.yaml", """
            name: Own
            version: 1
            description: For tests.
            source: {files: {own/a.jsonl: unknown}, format: jsonl}
            map: {text: q, reference: {field: a, as: letter}, options: {list: o}}
            answer: letter
            options: 4
            prompt: prompts/own.txt
            protocols: [PROTOCOL]
            seeds: 1
            changes: {1: First.}

            """.Replace("PROTOCOL", Evaluation.GradingProtocol.Names[0], StringComparison.Ordinal) + more);
        string data = Path.Combine(_bench.Root, "data");
        Directory.CreateDirectory(Path.Combine(data, "own"));
        File.WriteAllText(Path.Combine(data, "own", "a.jsonl"), "{}\n");
        return data;
    }

    private void Extend(string keys)
    {
        _bench.Write("profiles/sources.yaml", $"extends: base.yaml\nname: sources\ndescription: Files.\n{keys}\n");
        _bench.Write("profiles/tiny.yaml", "extends: sources.yaml\nname: tiny\n");
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_data.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
