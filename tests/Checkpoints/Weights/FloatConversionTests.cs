using System.Runtime.InteropServices;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Weights;

/// <summary>Against .NET's Half and, for bfloat16, against the nearer of two neighbours by double arithmetic; exact.</summary>
public class FloatConversionTests
{
    private static readonly ushort[] All = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    private static float[] Widen(ushort[] values, TensorType from)
    {
        float[] wide = new float[values.Length];
        FloatConversion.Convert(MemoryMarshal.AsBytes(values.AsSpan()), from, MemoryMarshal.AsBytes(wide.AsSpan()), TensorType.F32);
        return wide;
    }

    private static ushort[] Narrow(float[] values, TensorType to)
    {
        ushort[] narrow = new ushort[values.Length];
        FloatConversion.Convert(MemoryMarshal.AsBytes(values.AsSpan()), TensorType.F32, MemoryMarshal.AsBytes(narrow.AsSpan()), to);
        return narrow;
    }

    // Every 16-bit value of the type and what lies halfway to the next, with the floats beside both; and 100,003 floats of random bits.
    private static float[] Hard(TensorType type)
    {
        SeededRandom random = SeededRandom.From("narrow");
        float[] wide = [.. Widen(All, type).Where(float.IsFinite)];
        float step = type == TensorType.F16 ? 1 / 2048f : 1 / 256f;
        return
        [
            .. wide.SelectMany(value => new[] { value, value + (value * step), value + (value * step / 2) })
                .SelectMany(value => new[] { value, MathF.BitIncrement(value), MathF.BitDecrement(value) }),
            .. Enumerable.Range(0, 1025).SelectMany(i => new[] { i * 2.9802322e-8f, -i * 2.9802322e-8f }),
            .. Enumerable.Range(0, 100_003).Select(_ => BitConverter.UInt32BitsToSingle((uint)(random.NextUInt64() >> 32))),
            65504, 65519.996f, 65520, 65536, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.Epsilon, -0f,
        ];
    }

    [Fact]
    public void Should_BeExact_When_EveryValueIsWidened()
    {
        Assert.Equal(All.Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)), Widen(All, TensorType.BF16));
        Assert.Equal(All.Select(bits => (float)BitConverter.UInt16BitsToHalf(bits)), Widen(All, TensorType.F16));
        Assert.Equal(0x80000000u, BitConverter.SingleToUInt32Bits(Widen([0x8000], TensorType.F16)[0]));
    }

    [Fact]
    public void Should_RoundToNearestEven_When_NarrowedToHalf()
    {
        float[] values = Hard(TensorType.F16);
        ushort[] narrow = Narrow(values, TensorType.F16);
        for (int i = 0; i < values.Length; i++)
        {
            ushort expected = float.IsNaN(values[i]) ? (ushort)0x7e00 : BitConverter.HalfToUInt16Bits((Half)values[i]);
            Assert.True(expected == narrow[i], $"{values[i]:R}: {expected:x4} and {narrow[i]:x4}");
        }
    }

    [Fact]
    public void Should_RoundToNearestEven_When_NarrowedToBrainFloat()
    {
        float[] values = Hard(TensorType.BF16);
        ushort[] narrow = Narrow(values, TensorType.BF16);
        for (int i = 0; i < values.Length; i++)
        {
            ushort expected = Nearest(values[i]);
            Assert.True(expected == narrow[i], $"{values[i]:R}: {expected:x4} and {narrow[i]:x4}");
        }
    }

    [Fact]
    public void Should_AgreeWithTwoSteps_When_HalvesBecomeBrainFloats()
    {
        ushort[] direct = new ushort[All.Length];
        FloatConversion.Convert(MemoryMarshal.AsBytes(All.AsSpan()), TensorType.F16, MemoryMarshal.AsBytes(direct.AsSpan()), TensorType.BF16);
        Assert.Equal(Narrow(Widen(All, TensorType.F16), TensorType.BF16), direct);
        FloatConversion.Convert(MemoryMarshal.AsBytes(All.AsSpan()), TensorType.BF16, MemoryMarshal.AsBytes(direct.AsSpan()), TensorType.BF16);
        Assert.Equal(All, direct);
    }

    [Theory]
    [InlineData(8, TensorType.F32, 6, TensorType.BF16)]
    [InlineData(8, TensorType.I64, 8, TensorType.F32)]
    [InlineData(4, TensorType.F32, 4, TensorType.I32)]
    public void Should_Throw_When_SizesOrTypesDoNotFit(int source, TensorType from, int destination, TensorType to) =>
        Assert.Throws<ArgumentException>(() => FloatConversion.Convert(new byte[source], from, new byte[destination], to));

    // The value below (in magnitude) by cutting, the one above by one step more; beyond the largest, a step is as far as the last one.
    private static ushort Nearest(float value)
    {
        if (float.IsNaN(value))
        {
            return 0x7fc0;
        }

        uint below = BitConverter.SingleToUInt32Bits(value) >> 16;
        if (float.IsInfinity(value))
        {
            return (ushort)below;
        }

        double Magnitude(uint bits) => (bits & 0x7fff) == 0x7f80 ? Math.Pow(2, 128) : Math.Abs((double)BitConverter.UInt32BitsToSingle(bits << 16));
        double low = Math.Abs((double)value) - Magnitude(below), high = Magnitude(below + 1) - Math.Abs((double)value);
        return (ushort)(low < high || (low == high && below % 2 == 0) ? below : below + 1);
    }
}
