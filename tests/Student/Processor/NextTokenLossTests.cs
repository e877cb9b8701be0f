using NaturalThoughts.Student.Processor;
using NaturalThoughts.Student.Tests.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace NaturalThoughts.Student.Tests.Processor;

/// <summary>Expected values and gradients are torch's, in float64.</summary>
public sealed class NextTokenLossTests
{
    [Theory]
    [InlineData(1, 2, 5)]
    [InlineData(9, 8, 16)]
    [InlineData(230, 515, 24)]
    public void Should_HaveTheLossOfTorch_When_PositionsAreAPart(int supervised, int vocabulary, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = KernelCheck.Draws("x", 2, 3, 101, width);
        Tensor norm = KernelCheck.Draws("norm", 1, width).requires_grad_(true);
        Tensor head = KernelCheck.Draws("head", 1, vocabulary, width).requires_grad_(true);
        Tensor positions = KernelCheck.Draws("order", 1, 303).argsort().narrow(0, 0, supervised).contiguous();
        Tensor targets = (KernelCheck.Draws("targets", 1, supervised).abs() * vocabulary).to(ScalarType.Int64).clamp_max(vocabulary - 1);
        (double Loss, float[] Values) Run(long most)
        {
            norm.grad = ones_like(norm); // is added to
            head.grad = ones_like(head);
            (double loss, Tensor dx) = NextTokenLoss.LossAndGradient(x, norm, LayerPassTests.Epsilon, head, positions, targets, 2 * supervised, most);
            return (loss, [.. TestModels.Values(dx), .. TestModels.Values(norm.grad!), .. TestModels.Values(head.grad!)]);
        }

        (double loss, float[] gradients) = Run(1 << 30);
        Tensor[] wide = [.. new[] { x, norm, head }.Select(tensor => tensor.detach().to(ScalarType.Float64).requires_grad_(true))];
        Tensor hidden = LayerPassTests.Normalised(wide[0].view(-1, width).index_select(0, positions), wide[1]);
        Tensor expected = cross_entropy(linear(hidden, wide[2]), targets, reduction: nn.Reduction.Sum) / (2 * supervised);
        expected.backward();
        Assert.Equal(expected.item<double>(), loss, 1e-5);
        float[] Of(int i) => TestModels.Values((i == 0 ? wide[i].grad! : wide[i].grad! + 1).to(ScalarType.Float32));
        KernelCheck.Close([.. Of(0), .. Of(1), .. Of(2)], gradients, 1e-5);

        // However few logits are alive at once.
        (double again, float[] sameGradients) = Run(1);
        Assert.Equal(loss, again);
        Assert.Equal(gradients, sameGradients);
    }

    [Fact]
    public void Should_KeepWhatIsNoNumber_When_TheStreamHasIt()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (float wrong in (float[])[float.NaN, float.PositiveInfinity])
        {
            Tensor x = KernelCheck.Draws("x", 1, 1, 3, 19);
            x[0, 1, 4] = wrong;
            (double loss, _) = NextTokenLoss.LossAndGradient(
                x, ones(19), LayerPassTests.Epsilon, KernelCheck.Draws("head", 1, 7, 19), tensor((long[])[0, 1]), tensor((long[])[3, 5]), 2, 1 << 20);
            Assert.False(double.IsFinite(loss));
        }
    }
}
