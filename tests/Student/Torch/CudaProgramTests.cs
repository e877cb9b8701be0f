using NaturalThoughts.Student.Torch.Cuda;

namespace NaturalThoughts.Student.Tests.Torch;

public sealed class CudaProgramTests
{
    [Fact]
    public void Should_SayWhy_When_ThereIsNoDriver() =>
        Assert.Equal((0, null, "there is no NVIDIA driver"), CudaProgram.Find("libno-such-driver.so.1", AppContext.BaseDirectory));

    [Fact]
    public void Should_SayWhyInOneLine_When_ThereAreNoKernels()
    {
        if (CudaProgram.Unavailable is { } reason)
        {
            Assert.DoesNotContain('\n', reason);
            Assert.StartsWith("there is no ", reason, StringComparison.Ordinal);
            Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => CudaProgram.Of(0)).Message, StringComparison.Ordinal);
        }
    }
}
