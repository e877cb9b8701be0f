using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Generation;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Generation;

/// <summary>The operations are those of a GPU; on the processor they are compared with <see cref="Sampler"/>.</summary>
public sealed class DeviceSamplerTests
{
    private const int Rows = 200;

    // Sharp: the nucleus has a handful of tokens. Flat: thousands, more than are sorted at first. A vocabulary of 300 is sorted at once.
    [Theory]
    [InlineData(5000, 8, 0.95)]
    [InlineData(5000, 8, 1)]
    [InlineData(5000, 0.5, 0.95)]
    [InlineData(5000, 0.5, 1)]
    [InlineData(5000, 2, 0.6)]
    [InlineData(300, 1, 0.9)]
    [InlineData(300, 1, 1)]
    [InlineData(5000, 3, 1e-9)]
    public void Should_DrawAsTheSampler_When_TemperatureIsPositive(int vocabulary, double spread, double topP)
    {
        (float[][] logits, double?[] uniforms) = Values(vocabulary, spread);
        using Tensor all = Matrix(logits);
        Assert.Equal(logits.Zip(uniforms, (row, uniform) => Sampler.Draw(row, 0.7, topP, uniform!.Value)), DeviceSampler.Draw(all, 0.7, topP, uniforms));
    }

    // As above, except for the order of sums: one of 200 draws may lie so near to a limit that it is another one.
    [CudaTheory]
    [Trait("Category", "gpu")]
    [InlineData(5000, 8, 0.95)]
    [InlineData(5000, 0.5, 0.95)]
    [InlineData(5000, 0.5, 1)]
    [InlineData(128_256, 5, 0.95)]
    public void Should_DrawAsTheSampler_When_OnAGpu(int vocabulary, double spread, double topP)
    {
        (float[][] logits, double?[] uniforms) = Values(vocabulary, spread);
        using Tensor all = Matrix(logits);
        using Tensor placed = all.to(new TorchSharp.torch.Device("cuda"));
        int[] drawn = DeviceSampler.Draw(placed, 0.7, topP, uniforms);
        Assert.InRange(Enumerable.Range(0, Rows).Count(b => drawn[b] != Sampler.Draw(logits[b], 0.7, topP, uniforms[b]!.Value)), 0, 1);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-40)]
    public void Should_TakeTheLargest_When_TemperatureIsTiny(double temperature)
    {
        (float[][] logits, double?[] uniforms) = Values(5000, 20);
        using Tensor all = Matrix(logits);
        Assert.Equal(logits.Select(row => Sampler.Draw(row, 0, 1, 0)), DeviceSampler.Draw(all, temperature, 0.95, uniforms));
    }

    [Fact]
    public void Should_Refuse_When_ALogitIsNoNumber()
    {
        (float[][] logits, double?[] uniforms) = Values(5000, 1);
        logits[3][0] = float.NaN;
        using Tensor all = Matrix(logits);
        Assert.Throws<ArithmeticException>(() => DeviceSampler.Draw(all, 0.7, 0.95, uniforms));
        Assert.Throws<ArithmeticException>(() => Sampler.Draw(logits[3], 0.7, 0.95, 0.5));
        uniforms[3] = null;
        Assert.Equal(Rows, DeviceSampler.Draw(all, 0.7, 0.95, uniforms).Length);
    }

    [Fact]
    public void Should_TakeTheFirstLargest_When_TemperatureIsZero()
    {
        (float[][] logits, double?[] uniforms) = Values(50, 1);
        float[][] rounded = [.. logits.Select(row => Array.ConvertAll(row, MathF.Round))]; // many equal ones
        using Tensor all = Matrix(rounded);
        Assert.Equal(rounded.Select(row => Sampler.Draw(row, 0, 1, 0)), DeviceSampler.Draw(all, 0, 1, uniforms));
    }

    private static Tensor Matrix(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    // Sums of shares, the limit of a nucleus and draws have no ties here: a draw differs only if it lies within a rounding of a limit.
    private static (float[][] Logits, double?[] Uniforms) Values(int vocabulary, double spread)
    {
        SeededRandom random = SeededRandom.From("device");
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return (
            [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, vocabulary).Select(_ => (float)(spread * Normal())).ToArray())],
            [.. Enumerable.Range(0, Rows).Select(_ => (double?)random.NextDouble())]);
    }
}
