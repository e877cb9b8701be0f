namespace NaturalThoughts.Pipeline.Graph;

/// <summary>The known name that a misspelt one most likely means.</summary>
internal static class NearestName
{
    /// <summary>A hint such as <c>Did you mean 'pool'?</c>, or null where nothing is near.</summary>
    public static string? Hint(string name, IEnumerable<string> known)
    {
        (int Distance, string Name) best = known
            .Select(other => (Distance: Distance(name.ToUpperInvariant(), other.ToUpperInvariant()), Name: other))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .FirstOrDefault((int.MaxValue, ""));
        return best.Distance <= Math.Max(2, name.Length / 3) ? $"Did you mean '{best.Name}'?" : null;
    }

    /// <summary>Levenshtein's distance in UTF-16 units.</summary>
    public static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[b.Length];
    }
}
