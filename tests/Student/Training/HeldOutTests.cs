using System.Globalization;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Lora;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

/// <summary>The loss on examples that are not trained on, and the weights of the lowest.</summary>
public sealed class HeldOutTests : IDisposable
{
    // Tokens at random: what is learnt of some says nothing of others, so that the held-out loss falls to the frequencies' and rises from there on.
    private static readonly EncodedRow[] Rows = TestModels.Rows(24);
    private static readonly EncodedRow[] Trained = Rows[..16];
    private static readonly EncodedRow[] HeldOut = Rows[16..];
    private static readonly TrainingOptions Overfits = TestModels.Options(epochs: 6) with { HeldOut = 0.3, Keep = TrainingOptions.Best };
    private static readonly LoraOptions Adapter = new() { Rank = 4, Alpha = 16, Targets = ["q_proj", "v_proj", "down_proj", "up_proj"] };
    private readonly string _folder = Directory.CreateTempSubdirectory("nt-held-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, 1 << 27)]
    [InlineData(40, 1 << 27)]
    [InlineData(null, 350)]
    public void Should_BeTheMeanOverSupervisedTokens_When_EitherBackendMeasures(int? microBatchTokens, long logits)
    {
        TrainingOptions options = TestModels.Options() with { MicroBatchTokens = microBatchTokens };
        foreach (Func<ModelParts, Backend> backend in (Func<ModelParts, Backend>[])[parts => new ProcessorBackend(parts), parts => new TorchBackend(parts)])
        {
            using LlamaModel model = new(new LlamaWeights(TestModels.SmallConfig), backend);
            Initializer.Fill(model.Weights, "held");

            double loss = new HeldOutLoss(HeldOut, options, 0, 1) { Logits = logits }.Of([model]);

            Assert.Equal(ByHand(model, HeldOut), loss, 1e-5);
            Assert.All(TestModels.Values(model.Weights.Gradient), value => Assert.Equal(0, value));
            using DisposeScope scope = NewDisposeScope();
            Assert.Equal(new Trainer(model, TestModels.Options(), 0).Backward(HeldOut, [model]), loss, 1e-6);
        }
    }

    [Fact]
    public void Should_ChangeNoBit_When_ThreadsAndShardsDiffer()
    {
        using LlamaModel model = TestModels.Small();
        using LlamaModel second = model.Share();
        using LlamaModel third = model.Share();
        double loss = new HeldOutLoss(HeldOut, TestModels.Options(), 0, 1).Of([model]);
        Assert.Equal(loss, new HeldOutLoss(HeldOut, TestModels.Options(), 0, 4).Of([model, second]));
        Assert.Equal(loss, new HeldOutLoss([.. HeldOut.Reverse()], TestModels.Options() with { MicroBatchTokens = 120 }, 0, 2).Of([model, second, third]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_EndWithTheBestWeights_When_TheLossRisesAgain(bool adapted)
    {
        (float[] kept, Trainer best, List<float[]> each) = Train(Overfits, adapted);
        (float[] end, Trainer last, _) = Train(Overfits with { Keep = TrainingOptions.LastStep }, adapted);
        (int Step, double Loss)[] points = Points(best.Log);

        // One at the end of each epoch; the lowest is neither the first nor the last.
        Assert.Equal(6, points.Length);
        (int Step, double Loss) lowest = points.MinBy(point => point.Loss);
        Assert.InRange(Array.IndexOf(points, lowest), 1, 4);
        Assert.Equal(each[lowest.Step - 1], kept);
        Assert.Equal(each[^1], end);
        Assert.NotEqual(kept, end);
        Assert.Equal((lowest.Step, Array.IndexOf(points, lowest) + 1), (best.Kept!.Step, best.Kept.Epoch));
        Assert.Equal((best.Lowest, points[^1].Step), (last.Lowest, last.Kept!.Step));
        Assert.Equal(best.Log, last.Log);
        Assert.Equal(Math.Round(best.Lowest!.Loss, 6), lowest.Loss, 1e-9);
    }

    [Fact]
    public void Should_KeepTheEarlier_When_LossesAreEqual()
    {
        // Steps that are too small for float32: all losses are the same.
        (_, Trainer trainer, _) = Train(Overfits with { LearningRate = 1e-30, WeightDecay = 0 }, adapted: false);
        (int Step, double Loss)[] points = Points(trainer.Log);
        Assert.Single(points.Select(point => point.Loss).Distinct());
        Assert.Equal((points[0].Step, 1), (trainer.Kept!.Step, trainer.Kept.Epoch));
    }

    [Fact]
    public void Should_TrainAsWithout_When_ExamplesAreMeasured()
    {
        TrainingOptions options = TestModels.Options(epochs: 2) with { EvaluateEvery = 5, HeldOut = 0.3 };
        (float[] measured, Trainer trainer, _) = Train(options, adapted: false);
        using LlamaModel model = TestModels.Small();
        Trainer plain = new(model, TestModels.Options(epochs: 2), 0);
        plain.Run(Trained, "1", null, CancellationToken.None);
        Assert.Equal(TestModels.Values(model.Weights.Flat), measured);
        Assert.Null(plain.Kept);

        // The same columns, and one more: every fifth step and the last one have a value.
        string[] lines = trainer.Log.Split('\n')[..^1];
        Assert.Equal(plain.Log.Split('\n')[..^1], lines.Select(line => line[..line.LastIndexOf(',')]));
        Assert.Equal("step,tokens,loss,learningRate,gradientNorm,heldOutLoss", lines[0]);
        int steps = lines.Length - 1;
        Assert.NotEqual(0, steps % 5);
        Assert.Equal([.. Enumerable.Range(1, steps).Where(step => step % 5 == 0), steps], Points(trainer.Log).Select(point => point.Step));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void Should_EndWithTheSameBits_When_KilledAndResumed(int shards, bool adapted)
    {
        TrainingOptions options = Overfits with { Shards = shards, EvaluateEvery = 4 };
        (float[] weights, Trainer whole, List<float[]> each) = Train(options, adapted);
        Assert.InRange(whole.Kept!.Step, 2, each.Count - 2);
        foreach (int every in new[] { 1, 3 })
        {
            LongRun run = new(Path.Combine(_folder, $"resume{every}")) { Interval = TimeSpan.Zero };
            int killed = 0;
            while (true)
            {
                try
                {
                    (float[] resumed, Trainer trainer, _) = Train(options, adapted, run, every);
                    Assert.Equal(weights, resumed);
                    Assert.Equal((whole.Log, whole.Kept, whole.Lowest), (trainer.Log, trainer.Kept, trainer.Lowest));
                    break;
                }
                catch (OperationCanceledException)
                {
                    killed++;
                }
            }

            Assert.Equal((each.Count - 1) / every, killed);
        }
    }

    [Fact]
    public void Should_ShowTheLoss_When_ThereAreCurvesAndAProgressLine()
    {
        List<string> notes = [];
        using LlamaModel model = TestModels.Small();
        Trainer trainer = new(model, Overfits, 0);
        string logs = Path.Combine(_folder, "logs");
        trainer.Run(Trained, "1", new Watch(progress => notes.Add(progress.Note!)), CancellationToken.None, new LongRun(_folder) { Logs = logs }, HeldOut);
        Assert.DoesNotContain("held-out", notes[0], StringComparison.Ordinal);
        Assert.Matches(@"^loss [\d.]+, [\d,]+ tokens/s, held-out loss [\d.]+ \(lowest [\d.]+ at step \d+\)$", notes[^1]);
        Assert.Contains("eval/loss", Encoding.Latin1.GetString(File.ReadAllBytes(Assert.Single(Directory.GetFiles(logs)))), StringComparison.Ordinal);
        Assert.Equal((trainer.Lowest!.Loss, trainer.Lowest.Step), (trainer.Measured["lowestHeldOutLoss"], trainer.Measured["lowestHeldOutStep"]));
        Assert.True(trainer.Measured["lastHeldOutLoss"] > trainer.Lowest.Loss);
    }

    [Fact]
    public void Should_SayWhen_When_TheLossIsNoNumber()
    {
        using LlamaModel model = TestModels.Small();
        using Evaluations evaluations = new(new HeldOutLoss(HeldOut, Overfits, 0, 1), model, Overfits, [2, 4]);
        using (no_grad())
        {
            model.Weights.Flat.fill_(float.NaN);
        }

        Assert.Null(evaluations.After(1, [model]));
        Assert.Contains("after step 2 of 4", Assert.Throws<UserErrorException>(() => evaluations.After(2, [model])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_NameEverySetting_When_OptionsMakeNoSense()
    {
        static string[] Wrong(TrainingOptions options) => [.. options.Check().Select(error => error.Location!)];
        TrainingOptions plain = TestModels.Options();
        Assert.Equal(["training.heldOut"], Wrong(plain with { HeldOut = 1 }));
        Assert.Equal(["training.heldOut"], Wrong(plain with { HeldOut = double.NaN }));
        Assert.Equal(["training.evaluateEvery"], Wrong(plain with { HeldOut = 0.1, EvaluateEvery = 0 }));
        Assert.Equal(["training.evaluateEvery", "training.keep"], Wrong(plain with { EvaluateEvery = 5, Keep = "best" }));
        Assert.Equal(["training.keep"], Wrong(plain with { HeldOut = 0.1, Keep = "first" }));
        Assert.Empty(Wrong(plain with { HeldOut = 0.1, EvaluateEvery = 5, Keep = "best" }));
    }

    // In float64, from the logits of each row alone.
    private static double ByHand(LlamaModel model, EncodedRow[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        (double sum, int tokens) = (0, 0);
        foreach (int[] ids in rows.Select(row => row.Tokens.Ids))
        {
            float[] logits = TestModels.Values(model.Logits(model.Forward(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Length])))); // [1, T, V]
            int vocabulary = logits.Length / ids.Length;
            for (int t = 4; t < ids.Length; t++)
            {
                double[] row = [.. logits.Skip((t - 1) * vocabulary).Take(vocabulary).Select(value => (double)value)];
                sum += Math.Log(row.Sum(value => Math.Exp(value - row.Max()))) + row.Max() - row[ids[t]];
                tokens++;
            }
        }

        return sum / tokens;
    }

    private static (float[] Weights, Trainer Trainer, List<float[]> Each) Train(
        TrainingOptions options, bool adapted, LongRun? run = null, int stopAfter = int.MaxValue)
    {
        using LlamaModel model = TestModels.Small();
        if (adapted)
        {
            LoraAdapter adapter = new(model.Config, Adapter, CPU);
            adapter.Fill("1");
            model.Adapt(adapter);
        }

        Trainer trainer = new(model, options, 0);
        using CancellationTokenSource stop = new();
        List<float[]> each = [];
        trainer.Run(
            Trained,
            "1",
            new Watch(progress =>
            {
                each.Add(TestModels.Values(model.Trained.Flat));
                if (progress.Done - progress.Before >= stopAfter)
                {
                    stop.Cancel();
                }
            }),
            stop.Token,
            run,
            HeldOut);
        return (TestModels.Values(model.Trained.Flat), trainer, each);
    }

    private static (int Step, double Loss)[] Points(string log) =>
    [
        .. log.Split('\n')[1..^1].Select(line => line.Split(',')).Where(cells => cells[5].Length > 0)
            .Select(cells => (int.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[5], CultureInfo.InvariantCulture))),
    ];

    private sealed class Watch(Action<StageProgress> told) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => told(value);
    }
}
