using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Display;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Format
{
    /// <summary>A duration: <c>0.25 s</c>, <c>12 s</c>, <c>3 min 05 s</c>, <c>1 h 02 min</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };

    /// <summary>A duration that is not known well: whole seconds, at least one.</summary>
    public static string Estimate(TimeSpan time)
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds)));
        return whole.TotalSeconds < 10 ? string.Create(CultureInfo.InvariantCulture, $"{whole.TotalSeconds:0} s") : Duration(whole);
    }

    /// <summary>How far a stage is: <c>120/1600 steps, loss 1.234</c>.</summary>
    public static string Progress(StageProgress progress)
    {
        string count = progress.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done}/{progress.Total} {progress.Unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{progress.Done} {progress.Unit}");
        return progress.Note is null ? count : $"{count}, {progress.Note}";
    }

    /// <summary>A count and what is counted: <c>1 target</c>, <c>31 targets</c>.</summary>
    public static string Many(long count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>A size: <c>512 B</c>, <c>1.5 kB</c>, <c>16.2 GB</c>; powers of ten.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>A count with groups of three: <c>1 234 567</c>.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
