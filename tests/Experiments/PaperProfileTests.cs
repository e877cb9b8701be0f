using NaturalThoughts.Checkpoints;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>The profiles paper-*, with folders in place of the published models: their shapes are those of the models' config.json.</summary>
public sealed class PaperProfileTests : IDisposable
{
    private const string Llama = """
        {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false, "rms_norm_eps": 1e-5, "rope_theta": 500000.0,
         "bos_token_id": 128000, "eos_token_id": [128001, 128008, 128009]}
        """;

    private const string Qwen = """
        {"model_type": "qwen2", "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28, "num_attention_heads": 28, "num_key_value_heads": 4,
         "vocab_size": 152064, "max_position_embeddings": 32768, "tie_word_embeddings": false, "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
         "bos_token_id": 151643, "eos_token_id": 151645}
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("paper-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("paper-llama", "Llama-3.1-8B-Instruct", 0.6, 0.95)]
    [InlineData("paper-llama-lora", "Llama-3.1-8B-Instruct", 0.6, 0.95)]
    [InlineData("paper-qwen", "Qwen2.5-7B-Instruct", 0.7, 1.0)]
    [InlineData("paper-qwen-lora", "Qwen2.5-7B-Instruct", 0.7, 1.0)]
    public void Should_HoldThePapersRecipeAndFitIntoOneGpu_When_AProfileIsBound(string profile, string model, double temperature, double topP)
    {
        Lay(model);
        TargetGraph graph = Planner.Plan(ExperimentLoader.Load(Path.Combine(_root.FullName, "experiments"), profile), "native/probe").Graph;

        Target[] trainings = [.. graph.Order.Select(address => graph[address]).Where(target => target.StageName == "fine-tune")];
        Assert.NotEmpty(trainings);
        Assert.All(trainings, target =>
        {
            TrainingOptions options = new StageContext { Parameters = target.Parameters["training"]!.AsObject(), Inputs = new Dictionary<string, string>(), OutputFolder = "" }
                .Options<TrainingOptions>();
            Assert.Empty(options.Check());
            Assert.Equal((2e-5, 0.1, "constant", 400_000, 16_384, 0.0), (options.LearningRate, options.WeightDecay, options.Schedule, options.BatchTokens, options.MaxTokens, options.ClipNorm));
            Assert.Equal(target.Address.Contains("/1000/", StringComparison.Ordinal) ? 10 : 6, options.Epochs);
            Assert.Equal(profile.EndsWith("-lora", StringComparison.Ordinal), options.Lora is not null);

            // An H100 with 80 GB has 85.5 GB in powers of ten (81,559 MiB); some of it is the device's own.
            Assert.InRange(MemoryEstimate.Of(ModelConfig.FromJson(System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(_root.FullName, "models", model, "config.json")))!.AsObject(), model), options).Peak, 20e9, 80e9);
        });

        Target Selection(string method) => graph[$"Table1/{method}/1000/System2/seed1/select"];
        Assert.Equal("""{"c":5000,"tau":2.5}""", CanonicalJson.Write(Selection("LongReasoning").Parameters["longReasoning"]));
        Assert.Equal(
            (4, 8),
            ((int)Selection("ReasoningStrategies").Parameters["reasoningStrategies"]!["minStrategies"]!, (int)Selection("ReasoningStrategies").Parameters["reasoningStrategies"]!["maxStrategies"]!));

        Target generate = graph.Order.Select(address => graph[address]).First(target => target.StageName == "generate");
        Assert.Equal((temperature, topP, 16_384, "bf16"), ((double)generate.Parameters["temperature"]!, (double)generate.Parameters["topP"]!, (int)generate.Parameters["maxNewTokens"]!, (string)generate.Parameters["precision"]!));
    }
    [Fact]
    public void Should_CallTheTeacherTheAnnotatorAndTheJudge_When_TheDataAreReal()
    {
        Lay("Llama-3.1-8B-Instruct");
        foreach (string file in new[]
        {
            "natural_reasoning/full.jsonl", "gpqa/gpqa_diamond.csv", "math500/test.jsonl", "supergpqa/SuperGPQA-all.jsonl",
            "mmlu_pro/test-00000-of-00001.parquet", "mmlu_pro/validation-00000-of-00001.parquet",
        })
        {
            Write("data/" + file, "");
        }

        TargetGraph graph = Planner.Plan(ExperimentLoader.Load(Path.Combine(_root.FullName, "experiments"), "paper-llama-real"), "native/probe").Graph;

        IReadOnlyList<string> table = graph.Closure(["Table1/table"]);
        Assert.Equal(
            ["annotate 64", "judge-model 16", "teach 64"],
            table.Where(address => StageCatalog.Create(graph[address].StageName).Description.CallsModels).GroupBy(address => graph[address].StageName).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(table, address => address.StartsWith("world/", StringComparison.Ordinal));
        Assert.Equal("import-answers", graph["data/second"].StageName);
        Assert.Equal(new TargetInput("data/clean", "questions.jsonl"), graph["data/traces/shard63"].Inputs["questions"]);
    }

    private void Lay(string model)
    {
        Write("models/" + model + "/config.json", model.StartsWith("Llama", StringComparison.Ordinal) ? Llama : Qwen);
        foreach (string other in new[] { "tokenizer.json", "tokenizer_config.json", "model.safetensors" })
        {
            Write($"models/{model}/{other}", "");
        }

        foreach (string file in Directory.EnumerateFiles(Workbench.Repository, "*", SearchOption.AllDirectories))
        {
            Write("experiments/" + Path.GetRelativePath(Workbench.Repository, file), File.ReadAllText(file));
        }
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
