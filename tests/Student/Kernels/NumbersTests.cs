using NaturalThoughts.Student.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Expected values are those of TorchSharp's own operators, bit for bit: what was trained before is trained now.</summary>
public sealed class NumbersTests
{
    private const double Number = 1.0 / 3;

    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float64];

    [Theory]
    [MemberData(nameof(Types))]
    public void Should_HaveTheBitsOfTorch_When_NumbersMeetTensors(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = KernelCheck.Draws("x", 1, 3, 37).to(type), a = KernelCheck.Draws("a", 1, 3, 37).to(type), b = KernelCheck.Draws("b", 1, 3, 37).to(type);
        (Tensor Expected, Tensor Actual)[] pairs =
        [
            (x + a, x.Plus(a)),
            (x.clone().add_(a), x.clone().AddInPlace(a)),
            (x.clone().add_(a, alpha: Number), x.clone().AddInPlace(a, Number)),
            (x.clone().add_(a, alpha: 0.7f), x.clone().AddInPlace(a, 0.7f)),
            (x.clone().add_(Number), x.clone().AddInPlace(Number)),
            (x.clone().addcmul_(a, b, 1), x.clone().AddProductInPlace(a, b)),
            (x.clone().addcmul_(a, b, Number), x.clone().AddProductInPlace(a, b, Number)),
            (x.clone().addcdiv_(a, b, Number), x.clone().AddQuotientInPlace(a, b, Number)),
            (x * Number, x.Times(Number)),
            (x.clone().mul_(Number), x.clone().MultiplyInPlace(Number)),
            (x.square(), x.Squared()),
            (x / 37, x.Over(37)),
            (x / Number, x.Over(Number)),
            (x.clone().div_(37), x.clone().DivideInPlace(37)),
            (x < Number, x.IsBelow(Number)),
            (x.gt(0), x.IsPositive()),
            (x.masked_fill(a.gt(0), 0), x.ZeroWhere(a.IsPositive())),
            (full_like(x, -1), Numbers.FilledLike(x, -1)),
            (full_like(x, -1, dtype: ScalarType.Float32), Numbers.FilledLike(x, -1, ScalarType.Float32)),
            (full([2, 3], float.NegativeInfinity, dtype: type), Numbers.Filled([2, 3], float.NegativeInfinity, type, CPU)),
            (x * 0.25, Numbers.With(0.25, number => x.mul(number))),
        ];
        Assert.All(pairs, pair => Same(pair.Expected, pair.Actual));
    }

    [Fact]
    public void Should_HaveTheBitsOfTorch_When_NumbersAreWhole()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = arange(1000, dtype: ScalarType.Int32);
        Same(x, Numbers.CountUp(1000, CPU));
        Same(x.clone().mul_(0x7feb352d), x.clone().MultiplyInPlace(0x7feb352d)); // overflows
        Same(x < 500L, x.IsBelow(500L));
        Same(x.clamp_max(7L), x.AtMost(7L));
        Same(full_like(x, -1), Numbers.FilledLike(x, -1));
    }

    [Fact]
    public void Should_HaveTheGradientOfTorch_When_ASquareIsDifferentiated()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] Gradient(Func<Tensor, Tensor> square)
        {
            Tensor x = KernelCheck.Draws("x", 1, 3, 37).requires_grad_(true);
            (x * square(x).mean([-1], true).rsqrt()).sum().backward();
            return TestModels.Values(x.grad!);
        }

        Assert.Equal(Gradient(x => x.square()), Gradient(Numbers.Squared));
    }

    private static void Same(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.contiguous().bytes.ToArray(), actual.contiguous().bytes.ToArray());
    }
}
