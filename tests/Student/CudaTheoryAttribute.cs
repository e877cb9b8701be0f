using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student.Tests;

/// <summary>A theory that needs a GPU; skipped where libtorch finds none. Give it the trait <c>Category=gpu</c>.</summary>
public sealed class CudaTheoryAttribute : TheoryAttribute
{
    public CudaTheoryAttribute() => Skip = Available() ? null : "libtorch finds no CUDA device (torch.cuda.is_available() is false).";

    private static bool Available()
    {
        NativeLibraries.Load();
        return TorchSharp.torch.cuda.is_available();
    }
}
