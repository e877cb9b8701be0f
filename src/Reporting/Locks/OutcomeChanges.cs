using System.Globalization;
using NaturalThoughts.Reporting.Tables;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>Which verdicts changed between two outcomes files.</summary>
internal static class OutcomeChanges
{
    /// <summary>Per cell one change for each benchmark and seed with other outcomes: how many, and the first one's place and verdicts. None where a file is missing.</summary>
    public static Dictionary<string, List<LockChange>> Of(string oldPath, string newPath)
    {
        Dictionary<string, List<LockChange>> changes = new(StringComparer.Ordinal);
        if (!File.Exists(oldPath) || !File.Exists(newPath))
        {
            return changes;
        }

        Dictionary<(string Cell, string Benchmark, string Seed), string> old = OutcomesFile.Read(File.ReadAllText(oldPath));
        foreach (((string cell, string benchmark, string seed), string now) in OutcomesFile.Read(File.ReadAllText(newPath)))
        {
            if (!old.TryGetValue((cell, benchmark, seed), out string? before) || before.Length != now.Length || before == now)
            {
                continue;
            }

            int first = before.AsSpan().CommonPrefixLength(now);
            int flipped = before.Zip(now).Count(pair => pair.First != pair.Second);
            changes.TryAdd(cell, []);
            changes[cell].Add(new LockChange(
                string.Create(CultureInfo.InvariantCulture, $"{benchmark}.seed{seed}: {flipped} of {now.Length} outcomes, first at question {first + 1} in ordinal order of ids"),
                before[first].ToString(),
                now[first].ToString()));
        }

        return changes;
    }
}
