using System.Runtime.Intrinsics.X86;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student;

/// <summary>What bits of results on tensors depend on.</summary>
public static class Numerics
{
    /// <summary>
    /// The environment variable that overrides how many threads a stage on tensors uses; it changes bits on a GPU and in half precision alone.
    /// </summary>
    public const string ThreadsVariable = "OMP_NUM_THREADS";

    /// <summary>What the kernels of the processor need.</summary>
    /// <exception cref="UserErrorException">The processor has no AVX2 or FMA, or .NET was told not to use them.</exception>
    public static void RequireVectors()
    {
        if (!Avx2.IsSupported || !Fma.IsSupported)
        {
            throw new UserErrorException(
                "The kernels of the processor compute with AVX2 and FMA, which this machine or its settings do not offer.",
                "processor",
                "Use an x86-64 processor from 2013 or later; unset DOTNET_EnableAVX2, DOTNET_EnableFMA and DOTNET_EnableHWIntrinsic.",
                ExitCode.TargetFailed);
        }
    }
}
