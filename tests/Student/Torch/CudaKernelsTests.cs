using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Torch.Cuda;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Torch;

/// <summary>
/// Each kernel against torch's operations in float32 on the same bfloat16 values: the one rounding of the result may cost an ulp of
/// bfloat16, at most 2^-7 of a value, besides the float32 rounding of values that cancel.
/// </summary>
public sealed class CudaKernelsTests
{
    private const double Ulp = 1.0 / 128;
    private const double Cancelled = 2e-6;

    private static readonly Device Gpu = new("cuda");

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 8)]
    [InlineData(3, 5)]
    [InlineData(7, 100)]
    [InlineData(129, 4096)]
    [InlineData(70_001, 16)]
    public void Should_NormAsTorch_When_OnAGpu(int rows, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        Tensor x = Normal(9, 3, rows, width);
        Tensor weight = Normal(10, 1, width);
        Tensor wide = x.to(ScalarType.Float32);
        Tensor expected = wide * (wide.square().mean([-1], true) + 1e-5).rsqrt() * weight.to(ScalarType.Float32);

        Near(expected, CudaKernels.RmsNorm(x, weight, 1e-5));
        Near(expected, TorchLayers.RmsNorm(x.view(rows, 1, width).transpose(0, 1), weight, 1e-5).view(rows, width));
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 8)]
    [InlineData(3, 64)]
    [InlineData(7, 20)]
    [InlineData(129, 4096)]
    [InlineData(70_001, 8)]
    public void Should_GateAsTorch_When_OnAGpu(int rows, int inner)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        Tensor both = Normal(1, 3, rows, 2 * inner);
        Tensor dGated = Normal(2, 1, rows, inner);
        Assert.True(CudaKernels.Takes(both));
        Tensor wide = both.to(ScalarType.Float32);
        Tensor dWide = dGated.to(ScalarType.Float32);
        Tensor gate = wide.narrow(-1, 0, inner);
        Tensor up = wide.narrow(-1, inner, inner);
        Tensor sigmoid = gate.sigmoid();
        Tensor expected = gate * sigmoid * up;
        Tensor dGate = dWide * up * sigmoid * (gate * (1 - sigmoid) + 1);

        (Tensor again, Tensor dBoth) = CudaKernels.SwiGluBackward(both, dGated);

        Near(expected, CudaKernels.SwiGlu(both));
        Near(expected, TorchLayers.SwiGlu(both.view(rows, 1, 2 * inner)).view(rows, inner));
        Near(expected, again);
        Near(dGate, dBoth.narrow(-1, 0, inner));
        Near(dWide * gate * sigmoid, dBoth.narrow(-1, inner, inner));
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 1, 2, 1, 16)]
    [InlineData(2, 7, 4, 2, 64)]
    [InlineData(3, 33, 32, 8, 128)]
    public void Should_RotateAsTorch_When_OnAGpu(int batch, int length, int heads, int keys, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        (Tensor cos, Tensor sin) = Tables(length + 5, width);
        Tensor qkv = Normal(3, 1, batch, length, (heads + (2 * keys)) * width);
        Tensor all = qkv.to(ScalarType.Float32).view(batch, length, heads + (2 * keys), width);
        Tensor expected = all.clone();
        expected.narrow(2, 0, heads + keys).copy_(RotaryTable.Rotate(all.narrow(2, 0, heads + keys), Wide(cos, length), Wide(sin, length)));

        CudaKernels.Rotate(qkv, cos, sin, length, heads + keys, width);

        Near(expected, qkv.view(batch, length, -1, width));
    }

    // Layouts as attention returns them: [B, T, heads, D] seen as [B, heads, T, D], contiguous, a part of something wider, and not aligned.
    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 1, 2, 1, 16)]
    [InlineData(2, 7, 4, 2, 64)]
    [InlineData(3, 33, 32, 8, 128)]
    public void Should_RotateBackAsTorch_When_OnAGpu(int batch, int length, int heads, int keys, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        (Tensor cos, Tensor sin) = Tables(length + 5, width);
        Tensor qk = Normal(4, 1, batch, length, heads + keys, width + 8);
        Tensor dq = Normal(5, 1, batch, length, heads, width).transpose(1, 2);
        Tensor dv = Normal(6, 1, batch, keys, length, width);
        foreach (Tensor dk in
            (Tensor[])[qk.narrow(2, heads, keys).narrow(3, 8, width).transpose(1, 2), qk.narrow(2, heads, keys).narrow(3, 3, width).transpose(1, 2)])
        {
            Tensor both = cat([dq, dk], 1).to(ScalarType.Float32).transpose(1, 2); // [B, T, H + K, D]
            Tensor turned = (both * Wide(cos, length)) + (both * Wide(sin, length)).roll(-width / 2, -1);
            Tensor expected = cat([turned, dv.to(ScalarType.Float32).transpose(1, 2)], 2);

            Tensor dqkv = CudaKernels.RotateBackward(dq, dk, dv, cos, sin);

            Assert.Equal([batch, length, (heads + (2 * keys)) * width], dqkv.shape);
            Near(expected, dqkv.view(batch, length, -1, width));
        }
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 1)]
    [InlineData(3, 37)]
    [InlineData(5, 1000)]
    [InlineData(2, 4099)]
    [InlineData(17, 128_256)]
    public void Should_LoseAsTorch_When_OnAGpu(int rows, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        Tensor logits = Normal(7, 4, rows, width);
        logits.narrow(0, 0, 1).add_(30);
        Tensor targets = tensor(Enumerable.Range(0, rows).Select(i => i == 0 ? width - 1 : (long)i * 7919 % width).ToArray()).to(Gpu);
        Tensor wide = logits.to(ScalarType.Float64);
        Tensor expected = nn.functional.cross_entropy(wide, targets, reduction: nn.Reduction.None);
        Tensor gradient = nn.functional.softmax(wide, -1);
        gradient.scatter_add_(-1, targets.view(-1, 1), full([rows, 1], -1.0, dtype: ScalarType.Float64, device: Gpu));

        Tensor loss = CudaKernels.CrossEntropy(logits, targets);

        Assert.InRange((loss.to(ScalarType.Float64) - expected).abs().max().cpu().item<double>(), 0, 1e-4);
        Near(gradient, logits);
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(-1)]
    [InlineData(37)]
    public void Should_GiveNoNumber_When_ATargetIsOutside(long target)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = CudaKernels.CrossEntropy(Normal(8, 1, 2, 37), tensor([target, 0L]).to(Gpu));
        Assert.Equal([true, false], loss.isnan().cpu().data<bool>().ToArray());
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(false, false, 0)]
    [InlineData(false, false, 5)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 8)]
    [InlineData(false, true, 3)]
    public void Should_StepAsTorch_When_OnAGpu(bool hasMaster, bool wideMoments, int at)
    {
        const int all = 100_003;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        TrainingOptions options = TestModels.Options() with { WeightDecay = 0.1 };
        ScalarType moments = wideMoments ? ScalarType.Float32 : ScalarType.BFloat16;
        (double rate, double root, double size) = (1e-3, 1.7, 2e-3);
        int count = all - at - 1;
        Tensor weights = Normal(9, 0.1, all);
        Tensor? master = hasMaster ? weights.to(ScalarType.Float32) + 1e-5 : null;
        Tensor gradient = Normal(10, 0.01, all);
        Tensor first = Normal(11, 0.01, all).to(moments);
        Tensor second = Normal(12, 0.01, all).square().to(moments);
        StochasticRounding rounding = new("a");
        Tensor w = Wide(master ?? weights).mul_(1 - (rate * options.WeightDecay));
        Tensor m = Wide(first).mul_(options.Beta1).add_(Wide(gradient), alpha: 1 - options.Beta1);
        Tensor v = Wide(second).mul_(options.Beta2).addcmul_(Wide(gradient), Wide(gradient), 1 - options.Beta2);
        w.addcdiv_(m, v.sqrt().mul_(root).add_(options.Epsilon), -size);
        (Tensor before, Tensor firstBefore) = (weights.clone(), first.clone());

        CudaKernels.AdamW(
            new OptimizerState(weights, first, second, master, gradient), at, count,
            new AdamWStep(rate, options.WeightDecay, options.Beta1, options.Beta2, options.Epsilon, root, size),
            (rounding.Key("weights", 3, at), rounding.Key("first", 3, at), rounding.Key("second", 3, at)));

        if (master is not null)
        {
            Same(w, master.narrow(0, at, count), 1e-7);
            Equal(master.to(ScalarType.BFloat16).narrow(0, at, count), weights.narrow(0, at, count));
        }
        else
        {
            Same(Rounded("weights", w), weights.narrow(0, at, count), 1e-7);
        }

        Same(wideMoments ? m : Rounded("first", m), first.narrow(0, at, count), 1e-9);
        Same(wideMoments ? v : Rounded("second", v), second.narrow(0, at, count), 1e-10);
        Untouched(before, weights);
        Untouched(firstBefore, first);

        Tensor Wide(Tensor flat) => flat.narrow(0, at, count).to(ScalarType.Float32, copy: true);

        void Untouched(Tensor was, Tensor flat)
        {
            Equal(was.narrow(0, 0, at), flat.narrow(0, 0, at));
            Equal(was.narrow(0, all - 1, 1), flat.narrow(0, all - 1, 1));
        }

        Tensor Rounded(string buffer, Tensor source)
        {
            Tensor target = zeros(count, dtype: ScalarType.BFloat16, device: Gpu);
            rounding.Copy(target, source, buffer, 3, at);
            return target;
        }
    }

    // The optimiser on a GPU and on the processor, which has other kernels: random roundings differ where a float32 bit decides.
    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(Precision.Bf16Master, Precision.Float32)]
    [InlineData(Precision.Bf16Stochastic, Precision.Bf16)]
    public void Should_TrainAsOnTheProcessor_When_OnAGpu(string precision, string moments)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        TrainingOptions options = TestModels.Options() with { Precision = precision, Moments = moments };
        float[][] results = [.. new[] { CPU, Gpu }.Select(device =>
        {
            Flats flats = new(Normal(13, 0.1, 5000).to(device), Normal(14, 0.01, 5000).to(device));
            using FlatAdamW optimizer = new(flats, options, "1");
            optimizer.Step(1e-3);
            optimizer.Step(1e-3);
            return TestModels.Values(flats.Flat);
        })];
        Assert.InRange(results[0].Zip(results[1]).Count(pair => pair.First != pair.Second), 0, 50);
        Assert.InRange(results[0].Zip(results[1]).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 4e-3);
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(1, 0)]
    [InlineData(1_000_003, 0)]
    [InlineData(1_000_003, 3)]
    [InlineData(5_000_000, 8)]
    public void Should_SumSquaresAsTorch_When_OnAGpu(int count, int at)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = Normal(15, 1e-3, count + at).narrow(0, at, count);
        double expected = flat.to(ScalarType.Float64).square().sum().cpu().item<double>();
        Assert.InRange(CudaKernels.SquaredNorm(flat).cpu().item<double>() / expected, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(new TorchUpdate("").Norm(flat) / Math.Sqrt(expected), 1 - 1e-6, 1 + 1e-6);
    }

    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(7)]
    public void Should_Refuse_When_ATensorDoesNotFit(int targets)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = Normal(16, 1, 8, 64);
        Assert.Throws<ArgumentException>(() => CudaKernels.RmsNorm(flat, flat.view(-1), 1e-5));
        Assert.Throws<ArgumentException>(() => CudaKernels.SwiGlu(flat.t()));
        Assert.Throws<ArgumentException>(() => CudaKernels.SwiGlu(flat.to(ScalarType.Float32)));
        Assert.Throws<ArgumentException>(() => CudaKernels.SwiGluBackward(flat, flat));
        Assert.Throws<ArgumentException>(() => CudaKernels.CrossEntropy(flat, zeros(targets, dtype: ScalarType.Int64, device: Gpu)));
        Assert.Throws<ArgumentException>(() => CudaKernels.Rotate(flat, flat, flat, 8, 1, 64 - 8));
        Assert.Throws<ArgumentException>(() => CudaKernels.Rotate(flat, flat, flat, 9, 1, 64));
    }

    private static Tensor Normal(long seed, double deviation, params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        return (randn(shape, generator: generator) * deviation).to(ScalarType.BFloat16).to(Gpu).MoveToOuterDisposeScope();
    }

    // [T, D], the first half of the sine negated.
    private static (Tensor Cos, Tensor SignedSin) Tables(int positions, int width)
    {
        Tensor angles = arange(positions, dtype: ScalarType.Float32, device: Gpu)
            .view(-1, 1) * pow(10_000, arange(width / 2, dtype: ScalarType.Float32, device: Gpu) * (-2f / width));
        return (cat([angles.cos(), angles.cos()], 1).to(ScalarType.BFloat16), cat([angles.sin().neg(), angles.sin()], 1).to(ScalarType.BFloat16));
    }

    // [T, 1, D] float32.
    private static Tensor Wide(Tensor table, int length) => table.narrow(0, 0, length).to(ScalarType.Float32).view(length, 1, -1);

    private static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(ScalarType.BFloat16, actual.dtype);
        Tensor excess = (actual.to(expected.dtype) - expected).abs() - (expected.abs() * Ulp);
        Assert.InRange(excess.max().to(ScalarType.Float64).cpu().item<double>(), double.NegativeInfinity, Cancelled);
    }

    // Float32 to its rounding, or to that of terms which cancel. Random roundings to bfloat16 are the same except where such a rounding decides: neighbours.
    private static void Same(Tensor expected, Tensor actual, double cancelled)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        bool wide = expected.dtype == ScalarType.Float32;
        Tensor difference = (actual.to(ScalarType.Float64) - expected.to(ScalarType.Float64)).abs();
        Tensor excess = difference - (expected.to(ScalarType.Float64).abs() * (wide ? 1e-6 : Ulp));
        Assert.InRange(excess.max().cpu().item<double>(), double.NegativeInfinity, cancelled);
        if (!wide)
        {
            Assert.InRange(difference.gt(0).sum().cpu().item<long>(), 0, expected.numel() / 1000);
        }
    }

    private static void Equal(Tensor expected, Tensor actual) => Assert.Equal(0, expected.ne(actual).sum().cpu().item<long>());

    private sealed record Flats(Tensor Flat, Tensor Gradient) : IFlatParameters;
}
