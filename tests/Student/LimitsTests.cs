using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;
using Generator = NaturalThoughts.Student.Generation.Generator;

namespace NaturalThoughts.Student.Tests;

/// <summary>Ids, targets, positions and lengths beyond their tables are refused before an address is made of them.</summary>
public sealed class LimitsTests
{
    static LimitsTests() => NativeLibraries.Load();

    private static readonly int[] Outside = [-1, 50, 51, 4_000_000, int.MaxValue, int.MinValue];

    public static TheoryData<int> Ids => [.. Outside];

    private static void Refused(Action action, params string[] words)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(action);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        Assert.NotNull(error.Errors[0].Hint);
        Assert.DoesNotContain("Exception raised from", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Should_NameTheId_When_ABatchHasOneOutside(int id)
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = TestModels.Small();
        Tensor ids = tensor((long[])[1, 2, 3, 4, id, 6], [2, 3]);
        Refused(() => model.Forward(ids), $"{id}", "row 1", "position 1", "vocab_size", "50");
        using (inference_mode())
        {
            Refused(() => model.Forward(ids), $"{id}", "vocab_size", "50");
        }

        Refused(() => model.Backend.EmbedBackward(ids, zeros(2, 3, 32)), $"{id}", "vocab_size", "50");
        using LlamaModel half = TestModels.Small(placement: new Placement(CPU, ScalarType.BFloat16));
        Refused(() => half.Forward(ids), $"{id}", "vocab_size", "50");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Should_NameTheExample_When_ItHasAnIdOutside(int id)
    {
        using LlamaModel model = TestModels.Small();
        EncodedRow[] rows = [.. TestModels.Rows(5), new EncodedRow("the-wrong-one", new EncodedExample([2, 3, 4, id, 1], 3))];
        float[] before = TestModels.Values(model.Weights.Flat);
        Refused(() => new Trainer(model, TestModels.Options(), 0).Run(rows, "1", null, CancellationToken.None), "the-wrong-one", $"{id}", "vocab_size", "50");
        Assert.Equal(before, TestModels.Values(model.Weights.Flat));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Should_NameThePrompt_When_ItHasAnIdOutside(int id)
    {
        using LlamaModel model = TestModels.Small();
        Refused(() => Generate(model, ("fine", [2, 3]), ("the-wrong-one", [2, id, 3])), "the-wrong-one", $"{id}", "vocab_size", "50");
    }

    [Fact]
    public void Should_NameThePadToken_When_ItIsOutside()
    {
        using LlamaModel model = TestModels.Small();
        Refused(() => new Trainer(model, TestModels.Options(), 50).Run(TestModels.Rows(5), "1", null, CancellationToken.None), "pad", "50", "vocab_size");
        Refused(() => new Generator(model, Greedy(3), [1], 50).Run([("a", [2]), ("b", [2, 3])], null, CancellationToken.None), "pad", "50", "vocab_size");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Should_NameTheTarget_When_OneIsOutside(int id)
    {
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            using DisposeScope scope = NewDisposeScope();
            using LlamaModel model = TestModels.Small(placement: new Placement(CPU, type));
            model.Weights.Gradient.zero_();
            TokenBatch batch = new(tensor((long[])[2, 3, 4, 5], [1, 4]), tensor((long[])[1, 2]), tensor((long[])[4, id]));
            foreach (bool recompute in (bool[])[false, true])
            {
                Refused(() =>
                    new LossPass(model, TestModels.Options() with { ActivationCheckpointing = recompute }).Add(batch, 2), $"{id}", "vocab_size", "50");
            }

            Refused(() => new LossPass(model, TestModels.Options()) { Logits = 1 }.Add(batch, 2), $"{id}", "vocab_size", "50");
        }

        using DisposeScope kernels = NewDisposeScope();
        Refused(() =>
            NextTokenLoss.LossAndGradient(ones(1, 3, 8), ones(8), 1e-5, ones(50, 8), tensor((long[])[0, 1]), tensor((long[])[3, id]), 2, 1 << 20),
            $"{id}", "50");
        Refused(() => ChunkedCrossEntropy.LossAndGradient(ones(2, 8), ones(50, 8), tensor((long[])[3, id]), 2, 1 << 20), $"{id}", "50");
    }

    [Fact]
    public void Should_Refuse_When_PositionsAreOutside()
    {
        foreach (long position in (long[])[-1, 4, long.MaxValue])
        {
            using DisposeScope scope = NewDisposeScope();
            using LlamaModel model = TestModels.Small();
            model.Weights.Gradient.zero_();
            TokenBatch batch = new(tensor((long[])[2, 3, 4, 5], [1, 4]), tensor([1, position]), tensor((long[])[4, 5]));
            foreach (bool recompute in (bool[])[false, true])
            {
                Assert.Throws<ArgumentOutOfRangeException>(() =>
                    new LossPass(model, TestModels.Options() with { ActivationCheckpointing = recompute }).Add(batch, 2));
            }

            Assert.Throws<ArgumentOutOfRangeException>(() =>
                NextTokenLoss.LossAndGradient(ones(1, 4, 8), ones(8), 1e-5, ones(50, 8), tensor([0, position]), tensor((long[])[3, 4]), 2, 1 << 20));
            Assert.Throws<ArgumentException>(() =>
                NextTokenLoss.LossAndGradient(ones(1, 4, 8), ones(8), 1e-5, ones(50, 8), tensor((long[])[0, 1, 2]), tensor((long[])[3, 4]), 2, 1 << 20));
        }
    }

    [Fact]
    public void Should_SayHowManyFit_When_ARowIsTooLong()
    {
        using DisposeScope scope = NewDisposeScope();
        using LlamaModel model = TestModels.Small(); // of 96 positions
        Tensor ids = ones([2, 97], dtype: ScalarType.Int64);
        Refused(() => model.Forward(ids), "97", "96");
        using (inference_mode())
        {
            Refused(() => model.Forward(ids), "97", "96");
        }

        foreach (bool recompute in (bool[])[false, true])
        {
            TokenBatch batch = new(ids, tensor((long[])[1, 2]), tensor((long[])[4, 5]));
            Refused(() => new LossPass(model, TestModels.Options() with { ActivationCheckpointing = recompute }).Add(batch, 2), "97", "96");
        }

        EncodedRow[] rows = [.. TestModels.Rows(2), new EncodedRow("the-long-one", new EncodedExample([.. Enumerable.Repeat(3, 97)], 3))];
        Refused(() => new Trainer(model, TestModels.Options(), 0).Run(rows, "1", null, CancellationToken.None), "the-long-one", "97", "96");
        Refused(() => Generate(model, ("fine", [2, 3]), ("the-long-one", [.. Enumerable.Repeat(3, 94)])), "the-long-one", "94", "96");
        using LlamaModel half = TestModels.Small(placement: new Placement(CPU, ScalarType.BFloat16));
        Refused(() => half.Forward(ids), "97", "96");
    }

    [Fact]
    public void Should_NameTheExample_When_ItBeginsWithAResponse()
    {
        using LlamaModel model = TestModels.Small();
        foreach (int prompt in (int[])[-1, 0, 4])
        {
            EncodedRow[] rows = [.. TestModels.Rows(2), new EncodedRow("the-wrong-one", new EncodedExample([2, 3, 1], prompt))];
            Refused(() => new Trainer(model, TestModels.Options(), 0).Run(rows, "1", null, CancellationToken.None), "the-wrong-one");
            Refused(() => TokenBatch.Of(rows, 0), "the-wrong-one");
        }
    }

    [Fact]
    public void Should_NameThePrompt_When_ItIsEmpty()
    {
        using LlamaModel model = TestModels.Small();
        Refused(() => Generate(model, ("fine", [2, 3]), ("the-empty-one", [])), "the-empty-one");
    }

    [Fact]
    public void Should_Refuse_When_ACacheIsTooSmall()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        using LlamaModel model = TestModels.Small();
        using KeyValueCache cache = new(model.Weights, [0, 1], 4);
        Tensor three = ones([2, 3], dtype: ScalarType.Int64), one = ones([2, 1], dtype: ScalarType.Int64);
        Assert.Throws<ArgumentException>(() => model.Step(ones([1, 3], dtype: ScalarType.Int64), cache)); // of other rows
        Assert.Throws<ArgumentException>(() => model.Step(ones([2, 5], dtype: ScalarType.Int64), cache));
        model.Step(three, cache);
        Assert.Throws<ArgumentException>(() => model.Step(three, cache)); // several at once, behind others
        model.Step(one, cache);
        Assert.Throws<ArgumentException>(() => model.Step(one, cache));
        Assert.ThrowsAny<ArgumentException>(() => new KeyValueCache(model.Weights, [5], 4));
        Assert.ThrowsAny<ArgumentException>(() => new KeyValueCache(model.Weights, [-1], 4));
        Assert.ThrowsAny<ArgumentException>(() => cache.Keep([2]));

        // A cache of more positions than the model has.
        using KeyValueCache wide = new(model.Weights, [0], 200);
        Refused(() => model.Step(ones([1, 97], dtype: ScalarType.Int64), wide), "97", "96");
        model.Step(ones([1, 96], dtype: ScalarType.Int64), wide);
        Refused(() => model.Step(ones([1, 1], dtype: ScalarType.Int64), wide), "97", "96");
    }

    [Fact]
    public unsafe void Should_Refuse_When_ShapesDoNotFitAKernel()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        using LlamaModel model = TestModels.Small();
        Action[] calls =
        [
            () => model.Logits(ones(2, 3, 8)),
            () => model.Layer(0, ones(2, 3, 8)),
            () => model.Backend.Normalize(ones(2, 3, 8)),
            () => model.Backend.Accumulate(ones(4), ones(3)),
            () => RowLookup.AddGradient(ones(5, 4), zeros([1, 2], dtype: ScalarType.Int64), ones(1, 2, 3)),
            () => _ = TensorMemory.Floats(ones(4, dtype: ScalarType.BFloat16)),
            () => _ = TensorMemory.Ids(ones(4, dtype: ScalarType.Int32)),
            () => new ProcessorUpdate().Step(new OptimizerState(ones(4), ones(4), ones(4), null, ones(3)), new AdamWStep(1, 1, 1, 1, 1, 1, 1), 1),
            () => Sampler.Draw([], 0, 1, 0),
            () => Sampler.Draw([], 1, 1, 0),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentException>(call));
    }

    private static GenerationOptions Greedy(int most) => new() { Temperature = 0, TopP = 1, MaxNewTokens = most, Seed = "1" };

    private static void Generate(LlamaModel model, params (string, int[])[] prompts) =>
        new Generator(model, Greedy(3), [1], 0).Run(prompts, null, CancellationToken.None);
}
