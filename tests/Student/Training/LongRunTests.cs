using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Training;

public sealed class LongRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nt-long-").FullName;

    private LongRun EveryStep => new(Path.Combine(_folder, "resume")) { Interval = TimeSpan.Zero };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (float[] Weights, string Log, long Tokens) Train(LongRun? run, int shards = 1, int stopAfter = int.MaxValue)
    {
        using LlamaModel model = TestModels.Small();
        Trainer trainer = new(model, TestModels.Options(epochs: 2) with { Shards = shards, ClipNorm = 0.5, Schedule = "linear", WarmupSteps = 3 }, 0);
        using CancellationTokenSource stop = new();
        long tokens = trainer.Run(TestModels.Rows(30), "1", new Watch(progress => Cancel(stop, progress.Done - progress.Before >= stopAfter)), stop.Token, run);
        return (TestModels.Values(model.Weights.Flat), trainer.Log, tokens);
    }

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
        {
            stop.Cancel();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Should_EndWithTheSameBits_When_KilledAfterEveryFewSteps(int shards)
    {
        (float[] weights, string log, long tokens) = Train(null, shards);
        int steps = log.Split('\n').Length - 2;
        for (int every = 1; every < steps; every++)
        {
            int killed = 0;
            LongRun run = EveryStep with { Folder = Path.Combine(_folder, $"resume{every}") };
            while (true)
            {
                try
                {
                    (float[] resumed, string resumedLog, long resumedTokens) = Train(run, shards, every);
                    Assert.Equal(weights, resumed);
                    Assert.Equal(log, resumedLog);
                    Assert.Equal(tokens, resumedTokens);
                    break;
                }
                catch (OperationCanceledException)
                {
                    killed++;
                    Assert.InRange(Directory.GetFiles(run.Folder).Length, 1, run.Kept);
                }
            }

            Assert.Equal((steps - 1) / every, killed);
        }
    }

    [Fact]
    public void Should_PassOverADamagedCheckpoint_When_Resumed()
    {
        (float[] weights, string log, _) = Train(null);
        Assert.Throws<OperationCanceledException>(() => Train(EveryStep, stopAfter: 4));
        string newest = Directory.GetFiles(EveryStep.Folder, "step-4-*").Single();
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[^9] ^= 1;
        File.WriteAllBytes(newest, bytes);
        File.WriteAllText(Path.Combine(EveryStep.Folder, "host-1.part"), "half");
        long first = 0;
        using LlamaModel model = TestModels.Small();
        Trainer trainer = new(model, TestModels.Options(epochs: 2) with { ClipNorm = 0.5, Schedule = "linear", WarmupSteps = 3 }, 0);
        trainer.Run(TestModels.Rows(30), "1", new Watch(progress => first = first == 0 ? progress.Done : first), CancellationToken.None, EveryStep);
        Assert.Equal(4, first);
        Assert.Equal(3, trainer.Measured["resumedAtStep"]);
        Assert.Equal(weights, TestModels.Values(model.Weights.Flat));
        Assert.Equal(log, trainer.Log);
        Assert.DoesNotContain(Directory.GetFiles(EveryStep.Folder), path => path.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Should_CountOnlyWholeCheckpoints_When_OneIsKept()
    {
        LongRun one = EveryStep with { Kept = 1 };
        Assert.Throws<OperationCanceledException>(() => Train(one, stopAfter: 4));
        File.WriteAllText(Directory.GetFiles(one.Folder).Single(), "half");
        Assert.Throws<OperationCanceledException>(() => Train(one, stopAfter: 2));
        Assert.StartsWith("step-2-", Path.GetFileName(Directory.GetFiles(one.Folder).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_GoOnAndSaySo_When_NeitherCheckpointsNorCurvesCanBeWritten()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "in the way");
        (float[] weights, string log, _) = Train(null);
        string? note = null;
        using LlamaModel model = TestModels.Small();
        Trainer trainer = new(model, TestModels.Options(epochs: 2) with { ClipNorm = 0.5, Schedule = "linear", WarmupSteps = 3 }, 0);
        LongRun blocked = new(Path.Combine(file, "resume")) { Interval = TimeSpan.Zero, Logs = Path.Combine(file, "logs") };
        trainer.Run(TestModels.Rows(30), "1", new Watch(progress => note = progress.Note), CancellationToken.None, blocked);
        Assert.Equal(weights, TestModels.Values(model.Weights.Flat));
        Assert.Equal(log, trainer.Log);
        Assert.Matches(@"^loss [\d.]+, [\d,]+ tokens/s, no checkpoint: .*, no curves: .*$", note!);
    }

    [Fact]
    public void Should_WriteNothing_When_TheIntervalIsNotOver()
    {
        Train(EveryStep with { Interval = TimeSpan.FromHours(1) });
        Assert.False(Directory.Exists(EveryStep.Folder));
    }

    [Theory]
    [InlineData(
        1e30,
        @"The loss is \S+, the norm of the gradient (NaN|∞"
        + @"|Infinity) at step \d+ of \d+; the batch holds (q\d+(, )?)+; the last good checkpoint is .*step-\d+-[0-9a-f]{64}\.safetensors")]
    [InlineData(
        30,
        @"The loss has exploded to \d+.* at step \d+ of \d+; the batch holds (q\d+(, )?)+; the last good checkpoint is .*step-\d+-[0-9a-f]{64}\.safetensors")]
    public void Should_StopWithStepExamplesAndCheckpoint_When_TheLossIsLost(double rate, string said)
    {
        using LlamaModel model = TestModels.Small();
        TrainingOptions wild = TestModels.Options(epochs: 20) with { LearningRate = rate, WeightDecay = 0 };
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            new Trainer(model, wild, 0).Run(TestModels.Rows(20), "1", null, CancellationToken.None, EveryStep));
        Assert.Matches(said, error.Message);
        Assert.Single(Directory.GetFiles(EveryStep.Folder), path => error.Message.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_KeepTensorsAndMemoryConstant_From_StepTenToThousand()
    {
        using LlamaModel model = TestModels.Small();
        EncodedRow[] rows = TestModels.Rows(10);
        List<(long Tensors, long Bytes)> seen = [];
        int steps = TrainingBatches.Epoch([.. rows.Select(row => row.Sized)], 300, "1", 0).Count;
        Trainer trainer = new(model, TestModels.Options(epochs: (1000 / steps) + 1, batchTokens: 300), 0);
        trainer.Run(rows, "warm", null, CancellationToken.None); // the runtime compiles hot code again, in about a hundred steps
        trainer.Run(rows, "1", new Watch(progress =>
        {
            if (progress.Done is 10 or 1000)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                seen.Add((Tensor.TotalCount, Environment.WorkingSet));
            }
        }), CancellationToken.None, new LongRun(_folder) { Logs = Path.Combine(_folder, "logs") });
        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0].Tensors, seen[1].Tensors);

        // One tensor of the forward pass left behind in each step would be 990 * 300 * 32 * 4 bytes = 38 MB.
        Assert.InRange(seen[1].Bytes - seen[0].Bytes, long.MinValue, 15_000_000);
    }

    private sealed class Watch(Action<StageProgress> told) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => told(value);
    }
}
