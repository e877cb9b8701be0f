using System.Globalization;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Tests.Model;
using TorchSharp;

// Started by NumericsProbeTests, because torch reads its settings when it loads: prints the probe's digest for a number of threads, or takes
// the tests of parity in the class that the environment says.
if (args[0] == "parity")
{
    foreach (string model in ParityTests.Names)
    {
        ParityTests tests = new();
        tests.Should_GiveTheSameLogitsAndStates_When_RowsAreSingle(model);
        tests.Should_IgnorePads_When_RowsAreRightPadded(model);
        tests.Should_GenerateTheSameTokens_When_Greedy(model);
        tests.Should_TakeTheSameSteps_When_FineTuned(model);
    }

    Console.WriteLine(Numerics.IsPortable);
    return;
}

NativeLibraries.Load();
torch.set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
Console.WriteLine(NumericsProbe.Run());
