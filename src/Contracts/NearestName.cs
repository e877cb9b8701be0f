namespace NaturalThoughts.Contracts;

/// <summary>Finds the name that a user most likely meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate with the least edit distance (Levenshtein, case ignored), or null where none is nearer than half of the
    /// longer name. Ties go to the ordinally first.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        (int Distance, string Name)? best = null;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            // No distance is less than the difference in length: what cannot be near costs nothing, however long it is.
            if (Math.Abs(name.Length - candidate.Length) * 2L > Math.Max(name.Length, candidate.Length))
            {
                continue;
            }

            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance * 2 <= Math.Max(name.Length, candidate.Length) && (best is null || distance < best.Value.Distance))
            {
                best = (distance, candidate);
            }
        }

        return best?.Name;
    }

    /// <summary>A hint that names the nearest candidate, or lists the first twenty where none is near.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates) =>
        Find(name, candidates) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Known: {string.Join(", ", candidates.Order(StringComparer.Ordinal).Take(20).Select(name => Quoted.Of(name, 80)))}"
                + (candidates.Count > 20 ? ", ..." : ".");

    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
