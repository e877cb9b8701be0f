using System.Diagnostics;
using System.Globalization;
using NaturalThoughts.Bench;
using NaturalThoughts.Hdbscan.Bench;
using NaturalThoughts.Selection.Hdbscan;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int n = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
int d = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 64;
HdbscanOptions options = new() { MinClusterSize = 15, MinSamples = 5 };
Console.WriteLine($"{"data",-10} {"n",7} {"d",4} {"threads",7} {"seconds",8} {"clusters",8} {"noise",6} {"peak MB",8}");
foreach ((string name, double[] points) in BenchData.All(n, d))
{
    foreach (int threads in new[] { 1, 2 })
    {
        double[] seconds = new double[3];
        HdbscanResult? result = null;
        HdbscanClusterer.Fit(points, n, d, options, threads);
        for (int run = 0; run < seconds.Length; run++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            result = HdbscanClusterer.Fit(points, n, d, options, threads);
            seconds[run] = clock.Elapsed.TotalSeconds;
        }

        Array.Sort(seconds);
        long peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576;
        Console.WriteLine(
            $"{name,-10} {n,7} {d,4} {threads,7} {seconds[1],8:F3} {result!.Clusters.Count,8} {result.Labels.Count(label => label < 0),6} {peak,8}");
        if (threads == 1)
        {
            Measured.Print(name, seconds[1], "s");
        }
    }
}

Measured.Print("peak memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, "MiB");
