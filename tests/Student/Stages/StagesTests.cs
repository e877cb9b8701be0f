using NaturalThoughts.Checkpoints;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Stages;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Stages;

public sealed class StagesTests(StageBench bench) : IClassFixture<StageBench>
{
    private const string Generation = """{"temperature": 1, "topP": 0.9, "maxNewTokens": 12, "batch": 3, "seed": "1"}""";

    private static readonly Question[] Questions =
    [
        .. new[] { "ann has 3 coins . how many coins has ann ?", "1 + 2 ?", "bob has 5 nuts . ann has 7 nuts . who has more ?", "2 + 3 ?" }
            .Select((text, i) => new Question($"q{i}", text, "1")),
    ];

    private static readonly Prompt[] Prompts = [.. Questions.Reverse().Select(question => new Prompt(question.Id, question.Text))];

    [Fact]
    public void Should_WriteAStudentOfItsTokenizer_When_Pretrained()
    {
        using LlamaModel model = CheckpointFiles.Load(bench.Base);
        Tokenizer tokenizer = Tokenizer.Load(bench.Base);
        Assert.Equal(tokenizer.VocabularySize, model.Config.VocabSize);
        Assert.Equal([tokenizer.IdOf("<|end|>")!.Value], model.Config.EosTokenIds);
        Assert.Equal(tokenizer.IdOf("<pad>"), model.Config.PadTokenId);
        Assert.Null(model.Config.BosTokenId);
        Assert.Equal(
            (12L, 0L, model.Weights.Count), (bench.Pretrained.Counts["rows"], bench.Pretrained.Counts["dropped"], bench.Pretrained.Counts["parameters"]));
        Assert.StartsWith(
            "step,tokens,loss,learningRate,gradientNorm\n1,", File.ReadAllText(Path.Combine(bench.Base, "training.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_ChangeTheStudentAndCountItsTokens_When_FineTuned()
    {
        TrainingExample[] rows =
        [
            new("a", "1 + 1 ?", "Answer: 2", "System1"),
            new("b", "1 + 2 ?", string.Concat(Enumerable.Repeat("1 + ", 30)) + "1", "System1"),
        ];
        (string folder, StageResult result) = bench.Run(
            new FineTuneStage(), $$"""{"training": {{StageBench.Training}}, "seed": "1"}""", ("checkpoint", bench.Base), ("training", bench.Write(rows)));

        // Two epochs of one row: markers, 3 pieces and a sign; 3 pieces and the end are supervised. The other row is too long.
        Tokenizer tokenizer = Tokenizer.Load(folder);
        int prompt = 2 + tokenizer.Encode("1 + 1 ?").Length, response = tokenizer.Encode("Answer: 2").Length + 1;
        Assert.Equal((1L, 1L), (result.Counts["rows"], result.Counts["dropped"]));
        Assert.Equal(2L * response, result.Counts["supervisedTokens"]);
        Assert.Equal(2L * (prompt + response), result.Counts[StageResult.TrainedTokens]);
        Assert.Contains("1 examples", Assert.Single(result.Warnings), StringComparison.Ordinal);
        using LlamaModel before = CheckpointFiles.Load(bench.Base);
        using LlamaModel after = CheckpointFiles.Load(folder);
        Assert.NotEqual(TestModels.Values(before.Weights.Flat), TestModels.Values(after.Weights.Flat));
        Assert.Equal(File.ReadAllText(Path.Combine(bench.Base, "tokenizer.json")), File.ReadAllText(Path.Combine(folder, "tokenizer.json")));
    }

    [Fact]
    public void Should_WriteMergedWeightsAndTheAdapter_When_FineTunedWithLora()
    {
        TrainingExample[] rows = [new("a", "1 + 1 ?", "Answer: 2", "System1")];
        string training = StageBench.Training[..^1] + """, "lora": {"rank": 2, "alpha": 4, "targets": ["q_proj", "down_proj"]}}""";
        (string folder, StageResult result) = bench.Run(
            new FineTuneStage(), $$"""{"training": {{training}}, "seed": "1"}""", ("checkpoint", bench.Base), ("training", bench.Write(rows)));

        // Width 16, 32 inside, one layer.
        Assert.Equal(2L * (16 + 16 + 16 + 32), result.Counts["adapterParameters"]);
        using LlamaModel model = CheckpointFiles.Load(bench.Base);
        using LlamaModel merged = CheckpointFiles.Load(folder);
        LoraAdapter adapter = LoraFiles.Read(Path.Combine(folder, "adapter"), model.Config);
        Assert.NotEqual(TestModels.Values(model.Weights.Flat), TestModels.Values(merged.Weights.Flat));
        model.Adapt(adapter);
        model.Merge();
        Assert.Equal(TestModels.Values(model.Weights.Flat), TestModels.Values(merged.Weights.Flat));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Should_AverageTheStatesOfAllTokens_When_QuestionsAreEmbedded(int batchTokens)
    {
        (string folder, StageResult result) = bench.Run(
            new EmbedStage(), $$"""{"batchTokens": {{batchTokens}}}""", ("checkpoint", bench.Base), ("questions", bench.Write(Questions)));
        List<Embedding> rows = JsonLines.Read<Embedding>(Path.Combine(folder, "embeddings.jsonl"));
        Assert.Equal(Questions.Select(question => question.Id), rows.Select(row => row.QuestionId));
        Assert.Equal(4, result.Counts["questions"]);

        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        using LlamaModel model = CheckpointFiles.Load(bench.Base);
        ChatFormat chat = ChatFormat.Load(bench.Base, Tokenizer.Load(bench.Base));
        foreach ((Question question, Embedding row) in Questions.Zip(rows))
        {
            int[] ids = chat.Prompt(question.Text);
            float[] states = TestModels.Values(model.Forward(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Length]))); // [1, T, C]
            Assert.Equal(16, row.Vector.Length);
            for (int c = 0; c < 16; c++)
            {
                Assert.Equal(Enumerable.Range(0, ids.Length).Average(t => (double)states[(t * 16) + c]), row.Vector[c], 1e-5);
            }
        }
    }

    [Fact]
    public void Should_WeighLaterTokensMore_When_PooledByPosition()
    {
        (string folder, _) = bench.Run(
            new EmbedStage(), """{"batchTokens": 1000, "pooling": "Position"}""", ("checkpoint", bench.Base), ("questions", bench.Write(Questions)));
        List<Embedding> rows = JsonLines.Read<Embedding>(Path.Combine(folder, "embeddings.jsonl"));

        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        using LlamaModel model = CheckpointFiles.Load(bench.Base);
        ChatFormat chat = ChatFormat.Load(bench.Base, Tokenizer.Load(bench.Base));
        foreach ((Question question, Embedding row) in Questions.Zip(rows))
        {
            // Token i of T weighs i, counted from 1; the weights' sum is T (T + 1) / 2.
            int[] ids = chat.Prompt(question.Text);
            float[] states = TestModels.Values(model.Forward(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Length]))); // [1, T, C]
            for (int c = 0; c < 16; c++)
            {
                Assert.Equal(
                    Enumerable.Range(0, ids.Length).Sum(t => (t + 1) * (double)states[(t * 16) + c]) / Enumerable.Range(1, ids.Length).Sum(),
                    row.Vector[c], 1e-5);
            }
        }
    }

    [Fact]
    public void Should_MeasureWhatTrainingCounts_When_ExamplesAreSized()
    {
        Trace[] traces = [.. Questions.Select(question => new Trace(question.Id, "3 + 4 = 7", "Answer: 7", 5))];
        (string folder, _) = bench.Run(
            new ExampleLengthsStage(),
            """{"think": "{question}", "direct": "{question} ?", "adaptive": "{question}", "maxTokens": 64}""",
            ("checkpoint", bench.Base),
            ("questions", bench.Write(Questions)),
            ("traces", bench.Write(traces)));
        List<ExampleLength> lengths = JsonLines.Read<ExampleLength>(Path.Combine(folder, ExampleLengthsStage.Output));

        // One epoch of training says how many tokens it took.
        TrainingExample[] examples =
            [.. Questions.Zip(traces)
                .Select(pair =>
                    new TrainingExample(pair.First.Id, PromptTemplate.Render("{question}", pair.First), ResponseFormat.System2(pair.Second), "System2"))];
        (_, StageResult trained) = bench.Run(
            new FineTuneStage(),
            """{"training": {"learningRate": 0.01, "epochs": 1, "batchTokens": 64, "maxTokens": 64}, "seed": "1"}""",
            ("checkpoint", bench.Base),
            ("training", bench.Write(examples)));
        Assert.Equal(trained.Counts[StageResult.TrainedTokens], lengths.Sum(row => row.System2));
        Assert.All(lengths, row => Assert.InRange(row.System1, 1, row.System2 - 1));

        // Without an instruction the prompt is the one of System 2, and shorter than the one of System 1.
        Assert.All(lengths, row => Assert.Equal((row.System2, row.System1 - 1), (row.System2Bare, row.System1Bare)));

        // The limit is part of the student: what it would drop costs nothing.
        int longest = lengths.Max(row => row.System2);
        (folder, StageResult result) = bench.Run(
            new ExampleLengthsStage(),
            $$"""{"think": "{question}", "direct": "{question} ?", "maxTokens": {{longest - 1}}}""",
            ("checkpoint", bench.Base),
            ("questions", bench.Write(Questions)),
            ("traces", bench.Write(traces)));
        Assert.Equal(lengths.Count(row => row.System2 == longest), result.Counts["tooLong"]);
        Assert.DoesNotContain("Bare", File.ReadAllText(Path.Combine(folder, ExampleLengthsStage.Output)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(lengths.Where(row => row.System2 < longest).Sum(row => row.System2), result.Counts["tokens"]);
    }

    [Fact]
    public void Should_EmbedNearly_When_Bf16()
    {
        List<Embedding> Rows(string more) => JsonLines.Read<Embedding>(Path.Combine(
            bench.Run(new EmbedStage(), $$"""{"batchTokens": 1000{{more}}}""", ("checkpoint", bench.Base), ("questions", bench.Write(Questions))).Folder,
            "embeddings.jsonl"));
        foreach ((Embedding exact, Embedding rounded) in Rows("").Zip(Rows(""", "precision": "bf16" """)))
        {
            double largest = exact.Vector.Max(Math.Abs);
            Assert.NotEqual(exact.Vector, rounded.Vector);
            Assert.All(exact.Vector.Zip(rounded.Vector), pair => Assert.InRange(pair.First - pair.Second, -0.03 * largest, 0.03 * largest));
        }
    }

    [Fact]
    public void Should_AnswerInTheOrderOfThePrompts_When_Generating()
    {
        (string folder, StageResult result) = bench.Run(new GenerateStage(), Generation, ("checkpoint", bench.Base), ("prompts", bench.Write(Prompts)));
        List<ModelAnswer> rows = JsonLines.Read<ModelAnswer>(Path.Combine(folder, "answers.jsonl"));
        Tokenizer tokenizer = Tokenizer.Load(bench.Base);
        Assert.Equal(Prompts.Select(prompt => (prompt.QuestionId, prompt.Text)), rows.Select(row => (row.QuestionId, row.Prompt)));
        Assert.All(rows, row =>
        {
            Assert.InRange(row.Tokens, 1, 12);
            Assert.True(row.Tokens == 12 || !row.Truncated);
            Assert.DoesNotContain("<|end|>", row.Output, StringComparison.Ordinal);
            Assert.InRange(tokenizer.Encode(row.Output).Length, 0, row.Tokens);
        });
        Assert.Equal(rows.Sum(row => row.Tokens), result.Counts[StageResult.GeneratedTokens]);
        Assert.Equal(rows.Count(row => row.Truncated), result.Counts["truncated"]);
    }

    [Fact]
    public void Should_RefuseAndSayWhy_When_SettingsMakeNoSense()
    {
        string prompts = bench.Write(Prompts);
        UserErrorException generation = Assert.Throws<UserErrorException>(() => bench.Run(
            new GenerateStage(), """{"temperature": -1, "topP": 0, "maxNewTokens": 0, "batch": 0, "seed": "1"}""", ("checkpoint", bench.Base),
            ("prompts", prompts)));
        Assert.Equal(
            ["generation.temperature", "generation.topP", "generation.maxNewTokens", "generation.batch"], generation.Errors.Select(error => error.Location));
        UserErrorException training = Assert.Throws<UserErrorException>(() => bench.Run(
            new FineTuneStage(), """{"training": {"learningRate": 0, "epochs": 1, "batchTokens": 0, "maxTokens": 9}, "seed": "1"}""",
            ("checkpoint", bench.Base), ("training", prompts)));
        Assert.Equal(["training.learningRate", "training.batchTokens"], training.Errors.Select(error => error.Location));
    }

    // The typical case: special tokens were added to the tokenizer, and the embedding was not resized. Here the weights lose their last rows.
    [Fact]
    public void Should_NameTheQuestionAndTheId_When_TheEmbeddingIsTooSmallForTheTokenizer()
    {
        using LlamaModel model = CheckpointFiles.Load(bench.Base);
        int rows = Tokenizer.Load(bench.Base).Encode("1 + 1 ?").Max(); // the first id that is missing
        using LlamaModel small = new(LlamaWeights.Unset(model.Config with { VocabSize = rows, EosTokenIds = [0], PadTokenId = 0 }, Placement.Processor));
        foreach ((string name, Tensor tensor) in small.Weights.Named)
        {
            tensor.copy_(model.Weights.Named[name].narrow(0, 0, tensor.shape[0]));
        }

        string folder = bench.NewFolder();
        CheckpointFiles.Save(small, bench.Base, folder);
        void Refused(IStage stage, string parameters, string role, string path)
        {
            string message = Assert.Throws<UserErrorException>(() => bench.Run(stage, parameters, ("checkpoint", folder), (role, path))).Message;
            Assert.Contains("'q", message, StringComparison.Ordinal);
            Assert.Contains($"vocab_size is {rows}", message, StringComparison.Ordinal);
        }

        Refused(new EmbedStage(), """{"batchTokens": 100}""", "questions", bench.Write(Questions));
        Refused(new GenerateStage(), Generation, "prompts", bench.Write(Prompts));
        TrainingExample[] examples = [new("q9", "1 + 1 ?", "Answer: 2", "System1")];
        Refused(new FineTuneStage(), $$"""{"training": {{StageBench.Training}}, "seed": "1"}""", "training", bench.Write(examples));
    }

    [Fact]
    public void Should_SayHowManyFit_When_AQuestionIsTooLongToEmbed()
    {
        Question[] questions = [Questions[0], new("the-long-one", string.Concat(Enumerable.Repeat("1 + ", 40)) + "1 ?", "1")]; // 64 positions
        string message = Assert.Throws<UserErrorException>(() => bench.Run(
            new EmbedStage(), """{"batchTokens": 100}""", ("checkpoint", bench.Base), ("questions", bench.Write(questions)))).Message;
        Assert.Contains("the-long-one", message, StringComparison.Ordinal);
        Assert.Contains("64 positions", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameTheSwitch_When_TheDeviceIsNotThere()
    {
        StageContext context = new() { Parameters = [], Inputs = new Dictionary<string, string>(), OutputFolder = bench.Base, Device = "cuda" };
        Assert.Equal("--device=cuda", Assert.Throws<UserErrorException>(() => new ProbeStage().Run(context)).Errors[0].Location);
    }
}
