using System.Diagnostics;
using System.Globalization;
using NaturalThoughts.Bench;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

// Hashing and restoring one large file against sha256sum and cp, in turns, everything in the page cache; medians. Arguments: MiB (1024), rounds (5).
int mebibytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1024;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
DirectoryInfo folder = Directory.CreateTempSubdirectory("nt files ");
try
{
    string original = Path.Combine(folder.FullName, "original");
    string copy = Path.Combine(folder.FullName, "copy");
    WriteNoise(original, mebibytes);
    using ObjectStore store = new(Path.Combine(folder.FullName, "store"));
    using ScratchFolder scratch = store.NewScratch();
    string given = Path.Combine(scratch.FullPath, "given");
    File.Copy(original, given);
    OutputFile file = store.Adopt(given);

    List<(string Name, Action Work)> works =
    [
        ("sha256sum", () => Run("sha256sum", original)),
        ("ContentHash.OfFile", () => ContentHash.OfFile(original)),
        ("cp", () => Run("cp", original, copy)),
        ("ObjectStore.Restore, verified before", () => store.Restore(file, copy)),
    ];
    SortedDictionary<int, List<double>> seconds = [];
    for (int round = -1; round < rounds; round++)
    {
        for (int i = 0; i < works.Count; i++)
        {
            File.Delete(copy);
            long start = Stopwatch.GetTimestamp();
            works[i].Work();
            if (round >= 0)
            {
                (seconds.TryGetValue(i, out List<double>? times) ? times : seconds[i] = []).Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
    }

    double[] medians = [.. seconds.Values.Select(Measured.Median)];
    for (int i = 0; i < works.Count; i++)
    {
        Console.WriteLine(FormattableString.Invariant($"{works[i].Name,-32} {mebibytes} MiB in {medians[i]:0.000} s: {mebibytes / medians[i]:0} MiB/s"));
    }

    Measured.Print("hash", mebibytes / medians[1], "MiB/s", "sha256sum", mebibytes / medians[0], medians[0] / medians[1]);
    Measured.Print("restore", mebibytes / medians[3], "MiB/s", "cp", mebibytes / medians[2], medians[2] / medians[3]);
}
finally
{
    folder.Delete(recursive: true);
}

static void WriteNoise(string path, int mebibytes)
{
    SeededRandom random = SeededRandom.From("files");
    byte[] block = new byte[1 << 20];
    using FileStream stream = new(path, FileMode.Create);
    for (int i = 0; i < mebibytes; i++)
    {
        for (int k = 0; k < block.Length; k += 64)
        {
            BitConverter.TryWriteBytes(block.AsSpan(k), random.NextUInt64());
        }

        stream.Write(block);
    }
}

static void Run(string program, params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }
}
