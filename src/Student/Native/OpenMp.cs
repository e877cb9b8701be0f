using System.Runtime.InteropServices;

namespace NaturalThoughts.Student.Native;

/// <summary>Settings of the OpenMP runtime that libtorch brings; it reads them when it loads, from an environment that .NET's own does not reach.</summary>
internal static class OpenMp
{
    /// <summary>
    /// Its threads sleep between two operations, unless OMP_WAIT_POLICY says otherwise. By default they spin for some milliseconds, on the
    /// processors that the kernels of this library need in the meantime: a training step of 0.36 million parameters on two took 1.6 times as long.
    /// </summary>
    public static void LetThreadsSleep() => _ = SetVariable("OMP_WAIT_POLICY", "passive", 0);

    [DllImport("libc.so.6", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
