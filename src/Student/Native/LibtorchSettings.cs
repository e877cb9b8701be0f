using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Native;

/// <summary>
/// Settings that libtorch and its OpenMP runtime read when they load, from an environment that .NET's own does not reach. What the user has set stands.
/// </summary>
internal static class LibtorchSettings
{
    /// <summary>Sets the variables; must run before libtorch loads.</summary>
    public static void Apply()
    {
        // OpenMP's threads sleep between two operations. By default they spin for some milliseconds, on the processors that the kernels of this
        // library need in the meantime: a training step of 0.36 million parameters on two took 1.6 times as long.
        Default("OMP_WAIT_POLICY", "passive");

        // Memory of a GPU in segments that grow: micro-batches of many lengths leave no holes that nothing fits into. The variable had another name before.
        if (Environment.GetEnvironmentVariable("PYTORCH_CUDA_ALLOC_CONF") is null)
        {
            Default("PYTORCH_ALLOC_CONF", "expandable_segments:True");
        }
    }

    private static void Default(string name, string value) => _ = SetVariable(name, value, 0);

    [DllImport("libc.so.6", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
