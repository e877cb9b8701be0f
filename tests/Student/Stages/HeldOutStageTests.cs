using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Student.Tests.Stages;

/// <summary>What a fine-tuning with held-out examples writes and counts.</summary>
public sealed class HeldOutStageTests(StageBench bench) : IClassFixture<StageBench>
{
    private static readonly TrainingExample[] Examples =
        [.. Enumerable.Range(0, 10).Select(i => new TrainingExample($"q{i}", $"{i} + 1 ?", $"Answer: {i + 1}", "System1"))];

    [Theory]
    [InlineData("")]
    [InlineData(""", "lora": {"rank": 2, "alpha": 4, "targets": ["q_proj", "down_proj"]}""")]
    public void Should_TrainOnTheRestAndSayWhich_When_ExamplesAreHeldOut(string more)
    {
        (string folder, StageResult result) = Tune(""", "heldOut": 0.25, "keep": "best", "epochs": 3""" + more);
        (_, StageResult whole) = Tune(""", "epochs": 3""");
        JsonObject record = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "held-out.json")))!.AsObject();
        string[] ids = [.. record["questionIds"]!.AsArray().Select(id => (string)id!)];

        // 2.5 of ten questions, up; no token is lost on the way from the one side to the other.
        Assert.Equal(HeldOutDraw.Of(Examples.Select(example => example.QuestionId), 0.25, "1").Order(StringComparer.Ordinal), ids);
        Assert.Equal((3, 3L, 7L), ((int)record["rows"]!, result.Counts["heldOut"], result.Counts["rows"]));
        Assert.Equal(whole.Counts["supervisedTokens"], result.Counts["supervisedTokens"] + (3 * (long)record["supervisedTokens"]!));
        Assert.Equal(whole.Counts[StageResult.TrainedTokens], result.Counts[StageResult.TrainedTokens] + (3 * (long)record["tokens"]!));
        Assert.Equal(7, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "audit.json")))!["rows"]!);

        string[][] log = [.. File.ReadAllLines(Path.Combine(folder, "training.csv")).Skip(1).Select(line => line.Split(','))];
        string[][] measured = [.. log.Where(cells => cells[5].Length > 0)];
        Assert.Equal(3, measured.Length);
        string[] lowest = measured.MinBy(cells => double.Parse(cells[5], System.Globalization.CultureInfo.InvariantCulture))!;
        Assert.Equal(lowest[0], record["kept"]!["step"]!.ToString());
        Assert.Equal(Array.IndexOf(measured, lowest) + 1, (int)record["kept"]!["epoch"]!);
        Assert.Equal(double.Parse(lowest[5], System.Globalization.CultureInfo.InvariantCulture), (double)record["lowest"]!["loss"]!, 1e-9);
        Assert.Equal(lowest[0], $"{result.Counts["keptStep"]}");
    }

    [Fact]
    public void Should_WriteAsEver_When_NothingIsHeldOut()
    {
        (string folder, StageResult result) = Tune("");
        Assert.False(File.Exists(Path.Combine(folder, "held-out.json")));
        Assert.StartsWith("step,tokens,loss,learningRate,gradientNorm\n", File.ReadAllText(Path.Combine(folder, "training.csv")), StringComparison.Ordinal);
        Assert.DoesNotContain("heldOut", result.Counts.Keys);
    }

    [Fact]
    public void Should_MeasureItsCorpus_When_AStudentIsPretrained()
    {
        JsonObject shape = JsonNode.Parse(File.ReadAllText(Path.Combine(bench.Base, "config.json")))!.AsObject();
        JsonObject student = new(
            [.. shape.Where(field => field.Key is "hidden_size" or "intermediate_size" or "num_hidden_layers" or "num_attention_heads" or "num_key_value_heads"
            or "max_position_embeddings" or "tie_word_embeddings" or "initializer_range")
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))]);
        (string folder, StageResult result) = bench.Run(
            new PretrainStage(),
            $$"""{"student": {{student.ToJsonString()}}, "training": {{Training(""", "heldOut": 0.1, "evaluateEvery": 1""")}}, "seed": "1"}""",
            ("corpus", bench.Write(Examples)),
            ("tokenizer", Path.Combine(TestModels.Fixtures, "world-tokenizer")));
        Assert.Equal((9L, 1L), (result.Counts["rows"], result.Counts["heldOut"]));
        Assert.All(File.ReadAllLines(Path.Combine(folder, "training.csv")).Skip(1), line => Assert.Matches(@",\d+\.\d{6}$", line));
    }

    [Fact]
    public void Should_Refuse_When_NothingIsLeftToTrainOn()
    {
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => Tune(""", "heldOut": 0.1""", Examples[..1])).Errors);
        Assert.Equal("training.heldOut", error.Location);
        Assert.Contains(
            "No example is left to train on: heldOut is 0.1, and all 1 that are short enough are held out.", error.Message, StringComparison.Ordinal);
    }

    private static string Training(string more) => more.Contains("epochs", StringComparison.Ordinal)
        ? StageBench.Training.Replace("\"epochs\": 2, ", "", StringComparison.Ordinal)[..^1] + more + "}"
        : StageBench.Training[..^1] + more + "}";

    private (string Folder, StageResult Result) Tune(string more, TrainingExample[]? examples = null) => bench.Run(
        new FineTuneStage(), $$"""{"training": {{Training(more)}}, "seed": "1"}""", ("checkpoint", bench.Base),
        ("training", bench.Write(examples ?? Examples)));
}
