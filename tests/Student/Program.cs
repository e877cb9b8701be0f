using System.Globalization;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Tests.Training;
using TorchSharp;

// Started by MemoryEstimateTests: prints how much memory a micro-batch took, and how much was predicted.
if (args[0] == "peak")
{
    (long measured, long predicted) = MemoryEstimateTests.Peaks(recompute: args[1] == "recompute");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measured} {predicted}"));
    return;
}

// Started by NumericsProbeTests, because torch reads its settings when it loads: prints the probe's digest for a number of threads.
NativeLibraries.Load();
torch.set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
Console.WriteLine(NumericsProbe.Run());
