using System.Globalization;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Reporting.Locks;

/// <summary>
/// Where the values of a lock came from. <c>cells</c> holds per cell its class and per seed the digests of selection, training set, weights
/// and answers: a verdict compares them. <c>packages</c>, <c>code</c> and <c>numerics</c> are told where something moved and decide nothing:
/// a new package or compiler that gives the same values is no change of a result.
/// </summary>
public static class Provenance
{
    /// <summary>The steps of a cell in their order; <c>answers</c> and <c>grades</c> are per benchmark.</summary>
    public static readonly IReadOnlyList<string> Steps = ["selection", "training", "weights", "answers", "grades"];

    private static readonly string[] Circumstances = ["packages", "code", "numerics"];

    /// <summary>The member that holds a seed's digests.</summary>
    public static string Seed(int seed) => "seed" + seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>What two locks say of their circumstances and say differently; nothing where one of them has no provenance.</summary>
    public static IReadOnlyList<LockChange> Between(JsonObject? old, JsonObject? now) => old is null || now is null
        ? []
        : [.. Circumstances.SelectMany(part => LockValues.Differences(LockValues.Flatten(old[part], part), LockValues.Flatten(now[part], part)))];

    /// <summary>A digest of a cell; null where it is not told.</summary>
    /// <param name="file">The lock.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="benchmark">The benchmark, for answers and grades.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="step">One of <see cref="Steps"/>.</param>
    public static string? Digest(ResultLock file, string cell, string benchmark, int seed, string step)
    {
        if (step == "grades")
        {
            JsonNode? locked = file.Body["cells"]![cell];
            int index = locked?["seeds"]?.AsArray().Select(node => node!.GetValue<int>()).ToList().IndexOf(seed) ?? -1;
            return index < 0 ? null : (string?)locked!["benchmarks"]?[benchmark]?["grades"]?[index];
        }

        JsonNode? digests = file.Provenance?["cells"]?[cell]?[Seed(seed)];
        return step == "answers" ? (string?)digests?[step]?[benchmark] : (string?)digests?[step];
    }
}
