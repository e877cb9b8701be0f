namespace NaturalThoughts.Student;

/// <summary>
/// Numerics classes. Portable: the same bits on any x86-64 processor with AVX2 and FMA, for any thread count. libtorch and MKL read their
/// settings when they load, and .NET's own environment does not reach native code, so the parent of a worker sets them.
/// </summary>
public static class Numerics
{
    /// <summary>The environment variable that overrides how many threads a stage on tensors uses; it is in the native class.</summary>
    public const string ThreadsVariable = "OMP_NUM_THREADS";

    /// <summary>
    /// What the parent of a worker sets for <c>numerics: portable</c>. MKL promises COMPATIBLE, and nothing above it, off Intel processors;
    /// ATen's own kernels are held at AVX2, below what newer processors offer.
    /// </summary>
    public static IReadOnlyDictionary<string, string> PortableEnvironment { get; } = new Dictionary<string, string>
    {
        ["MKL_CBWR"] = "COMPATIBLE",
        ["ATEN_CPU_CAPABILITY"] = "avx2",
    };

    /// <summary>
    /// Whether this process is of the portable class. Its results are locked to torch's own operations, so that the fused kernels, which
    /// round otherwise, are for the native class alone.
    /// </summary>
    internal static bool IsPortable { get; } = PortableEnvironment.All(item => Environment.GetEnvironmentVariable(item.Key) == item.Value);
}
