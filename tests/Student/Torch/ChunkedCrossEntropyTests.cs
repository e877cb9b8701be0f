using NaturalThoughts.Student.Torch;
using NaturalThoughts.Student.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Torch;

public sealed class ChunkedCrossEntropyTests
{
    // Seven positions of eleven words; 1, 2, 7 and 100 positions of logits at once, and in half precision four times as many.
    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    public void Should_BeTorchsLossAndGradients_When_LogitsComeInChunks(ScalarType type, double tolerance)
    {
        _ = TestModels.Fixtures;
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);
        Tensor targets = randint(11, 7, generator: generator);
        Tensor states = randn(7, 5, generator: generator).to(type).to(ScalarType.Float32).requires_grad_(true);
        Tensor head = randn(11, 5, generator: generator).to(type).to(ScalarType.Float32).requires_grad_(true);
        Tensor expected = nn.functional.cross_entropy(states.mm(head.t()), targets, reduction: nn.Reduction.Sum) / 20;
        expected.backward();
        foreach (long positions in (long[])[1, 2, 7, 100])
        {
            Tensor matrix = head.detach().to(type).requires_grad_(true);
            matrix.grad = ones_like(matrix).detach(); // is added to
            (double loss, Tensor gradient) = ChunkedCrossEntropy.LossAndGradient(states.detach().to(type), matrix, targets, 20, 11 * positions);
            Assert.InRange(loss / expected.item<float>(), 1 - tolerance, 1 + tolerance);
            Near(states.grad!, gradient);
            Near(head.grad! + 1, matrix.grad!);

            Tensor frozen = head.detach().to(type);
            Assert.Equal(
                TestModels.Values(gradient),
                TestModels.Values(ChunkedCrossEntropy.LossAndGradient(states.detach().to(type), frozen, targets, 20, 11 * positions).Gradient));
        }

        void Near(Tensor wanted, Tensor actual)
        {
            Assert.Equal(type, actual.dtype);
            Assert.InRange(
                TestModels.Values(wanted).Zip(TestModels.Values(actual)).Max(pair => Math.Abs(pair.First - pair.Second)), 0,
                tolerance * (1 + wanted.abs().max().item<float>()));
        }
    }
}
