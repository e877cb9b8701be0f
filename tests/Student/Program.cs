using System.Globalization;
using NaturalThoughts.Student;
using NaturalThoughts.Student.Native;
using TorchSharp;

// Started by NumericsProbeTests, because torch reads its settings when it loads: prints the probe's digest for a number of threads.
NativeLibraries.Load();
torch.set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
Console.WriteLine(NumericsProbe.Run());
