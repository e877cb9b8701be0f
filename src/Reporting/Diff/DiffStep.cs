using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Reporting.Diff;

/// <summary>The first step of a cell, benchmark and seed whose output differs.</summary>
/// <param name="Step">One of <see cref="Provenance.Steps"/>.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Old">Digest of its output before.</param>
/// <param name="New">Digest of its output now.</param>
public sealed record DiffStep(string Step, int Seed, string Old, string New)
{
    /// <summary>The first that differs over the seeds that both have; null where all are alike or a side does not tell.</summary>
    public static DiffStep? First(ResultLock old, ResultLock now, string cell, string benchmark)
    {
        int[] seeds = [.. (now.Body["cells"]![cell]?["seeds"]?.AsArray() ?? []).Select(seed => seed!.GetValue<int>())];
        return Provenance.Steps
            .SelectMany(step => seeds.Select(seed => new DiffStep(
                step, seed, Provenance.Digest(old, cell, benchmark, seed, step) ?? "", Provenance.Digest(now, cell, benchmark, seed, step) ?? "")))
            .FirstOrDefault(step => step.Old.Length > 0 && step.New.Length > 0 && step.Old != step.New);
    }
}
