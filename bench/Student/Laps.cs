using System.Diagnostics;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Bench;

/// <summary>Times between reports.</summary>
internal sealed class Laps : IProgress<StageProgress>
{
    private readonly List<(double Clock, double Processor)> _times = [Now()];

    public void Report(StageProgress value) => _times.Add(Now());

    /// <summary>The median of all laps but the first ones, in seconds.</summary>
    public double Median(int skipped) => Median([.. _times.Select(time => time.Clock)], skipped);

    /// <summary>The same in seconds of processors.</summary>
    public double Processor(int skipped) => Median([.. _times.Select(time => time.Processor)], skipped);

    private static (double Clock, double Processor) Now() =>
        (Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds);

    private static double Median(double[] times, int skipped)
    {
        double[] laps = [.. times.Zip(times.Skip(1), (from, to) => to - from).Skip(skipped).Order()];
        return (laps[(laps.Length - 1) / 2] + laps[laps.Length / 2]) / 2;
    }
}
