using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NaturalThoughts.Bench;
using NaturalThoughts.Checkpoints.Bench;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using TorchSharp;

// Loads a random bf16 checkpoint of Llama-3.2-3B's shape, in files of 5 GB at most, into bf16 and into float32, against one reading of its files.
// Arguments: layers (28; fewer for a small disk), folder for the checkpoint (the system's temporary one). Peak memory is the system's word on a
// process of its own for each load.
if (args is ["load", var source, var precision])
{
    return Load(source, precision);
}

int layers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 28;
string place = args.Length > 1 ? args[1] : Path.GetTempPath();
string folder = Path.Combine(place, FormattableString.Invariant($"nt-checkpoint-{Environment.ProcessId}"));
ModelConfig config = RandomCheckpoint.Shape(layers);
long needed = 2 * LlamaWeights.CountOf(config);
if (new DriveInfo(place).AvailableFreeSpace < needed + (5L << 30))
{
    Console.Error.WriteLine($"{place} has no room for {needed >> 20} MiB and 5 GiB to spare.");
    return 1;
}

Directory.CreateDirectory(folder);
try
{
    RandomCheckpoint.Write(config, folder);
    string[] files = Directory.GetFiles(folder, "*.safetensors");
    double gigabytes = files.Sum(file => new FileInfo(file).Length) / 1e9;
    Console.WriteLine(FormattableString.Invariant($"{gigabytes:0.00} GB in {files.Length} files, {Environment.ProcessorCount} cores"));
    List<double> read = [], loaded = [], peaks = [];
    double weights = 0;
    foreach (bool cold in new[] { true, false })
    {
        string state = cold ? "not in the page cache" : "in the page cache";
        for (int round = 0; round < 3; round++)
        {
            (double seconds, double processors) = ReadOnce(files, cold);
            Console.WriteLine(FormattableString.Invariant($"read once, {state}: {seconds:0.00} s ({processors:0.00} s of processors)"));
            foreach (string type in new[] { "bf16", "float32" })
            {
                Evict(files, cold);
                string loading = Start("load", folder, type);
                Console.WriteLine(FormattableString.Invariant($"load as {type}, {state}: {loading}"));
                if (cold && type == "bf16")
                {
                    read.Add(seconds);
                    loaded.Add(Number(loading, "^"));
                    peaks.Add(Number(loading, "peak resident "));
                    weights = Number(loading, "weights ");
                }
            }
        }
    }

    (double load, double once, double peak) = (Measured.Median(loaded), Measured.Median(read), Measured.Median(peaks));
    Measured.Print("load from the disk", load, "s", "one reading of the files", once, once / load);
    Measured.Print("peak memory", peak, "MiB", "the weights", weights, peak / weights);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double Number(string text, string before) =>
    double.Parse(Regex.Match(text, before + @"([\d.]+)", RegexOptions.CultureInvariant).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

static int Load(string folder, string precision)
{
    NativeLibraries.Load();
    torch.set_num_threads(Environment.ProcessorCount);
    using (torch.zeros(1))
    {
        // The libraries' own start does not count.
    }

    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    using LlamaModel model = CheckpointFiles.Load(folder, Placement.Of("cpu", precision));
    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    string[] status = File.ReadAllLines("/proc/self/status");
    double Megabytes(string key) =>
        long.Parse(
            status.Single(line => line.StartsWith(key + ":", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) / 1024.0;
    double weights = model.Weights.Flat.numel() * model.Weights.Flat.element_size() / 1048576.0;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{seconds:0.00} s ({processor:0.00} s of processors); weights {weights:0} MiB, peak resident {Megabytes("VmHWM"):0} MiB, after loading "
        + $"{Megabytes("RssAnon"):0} MiB of its own and {Megabytes("RssFile"):0} MiB of files"));
    return 0;
}

// As cat does it: 128 KiB a call, into one buffer.
static (double Seconds, double Processors) ReadOnce(string[] files, bool cold)
{
    Evict(files, cold);
    byte[] buffer = new byte[1 << 17];
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    foreach (string file in files)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        while (stream.Read(buffer) > 0)
        {
        }
    }

    return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
}

// Dirty pages cannot be dropped, so they are written first.
static void Evict(string[] files, bool cold)
{
    foreach (string file in cold ? files : [])
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
        if (Libc.Advise(stream.SafeFileHandle, 0, 0, Libc.DontNeed) != 0)
        {
            throw new InvalidOperationException("The system did not drop the file from its page cache.");
        }
    }
}

static string Start(params string[] arguments)
{
    ProcessStartInfo start = new(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    string text = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    return process.ExitCode == 0 ? text : throw new InvalidOperationException($"Loading ended with exit code {process.ExitCode}.");
}
