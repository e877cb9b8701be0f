using System.Globalization;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Tests;
using NaturalThoughts.Student.Tests.Model;
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

    // NumericsProbeTests: the tests of parity in the class that the environment says.
    case "parity":
        foreach (string model in ParityTests.Names)
        {
            ParityTests tests = new();
            tests.Should_GiveTheSameLogitsAndStates_When_RowsAreSingle(model);
            tests.Should_IgnorePads_When_RowsAreRightPadded(model);
            tests.Should_GenerateTheSameTokens_When_Greedy(model);
            tests.Should_TakeTheSameSteps_When_FineTuned(model);
        }

        Console.WriteLine(Numerics.IsPortable);
        break;

    // NumericsProbeTests: what is refused in the class that the environment says.
    case "limits":
        LimitsTests.All();
        Console.WriteLine(Numerics.IsPortable);
        break;

    // NumericsProbeTests: the probe's digest for a number of threads.
    default:
        NativeLibraries.Load();
        torch.set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
        Console.WriteLine(NumericsProbe.Run());
        break;
}
