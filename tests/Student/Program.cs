using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Tests.Training;
using TorchSharp;

// Started by tests, because torch reads its settings when it loads, and because memory is counted per process.
switch (args[0])
{
    // MemoryEstimateTests: how much memory a micro-batch took, and how much was predicted.
    case "peak":
        (long measured, long predicted) = MemoryEstimateTests.Peaks(recompute: args[1] == "recompute");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measured} {predicted}"));
        break;

    // NumericsProbeTests: what is said where the processor's kernels cannot compute.
    case "vectors":
        Console.WriteLine(Assert.Throws<UserErrorException>(Numerics.RequireVectors).Message);
        break;

    // NumericsProbeTests: the probe's digest for a number of threads.
    default:
        NativeLibraries.Load();
        torch.set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
        Console.WriteLine(NumericsProbe.Run());
        break;
}
