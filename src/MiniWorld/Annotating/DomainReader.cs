namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>Finds a question's domain by its key words.</summary>
internal static class DomainReader
{
    /// <summary>What a question without any key word is taken for.</summary>
    public const string Default = "Mathematics";

    private static readonly (string Domain, string[] Words)[] Keys =
    [
        ("Law", ["law", "judge", "court", "fine"]),
        ("Medicine", ["doses", "nurse", "doctor", "patient"]),
        ("Management", ["workers", "manager", "shelf", "box"]),
        ("Statistics", ["sample", "balls", "often"]),
        ("Geography", ["road", "roads", "map", "town", "miles", "north", "south"]),
        ("Time", ["clock", "hours", "month", "calendar"]),
        ("Logic", ["false", "behind", "before"]),
        ("Engineering", ["tank", "pump", "leak", "engine", "boiler"]),
        ("Science", ["speed", "chemist", "lab", "acid", "salt", "unit"]),
        ("Economics", ["cost", "costs", "price", "pays", "tax", "fee", "trades", "bank", "market", "shop", "coins"]),
        ("Mathematics", ["number", "numbers", "row", "sort", "smallest", "largest", "count", "bag"]),
    ];

    /// <summary>The domain with most key words; the first of the list among equals.</summary>
    public static string Domain(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (string domain, int best) = (Default, 0);
        foreach ((string candidate, string[] keys) in Keys)
        {
            int score = words.Count(word => keys.Contains(word, StringComparer.Ordinal));
            if (score > best)
            {
                (domain, best) = (candidate, score);
            }
        }

        return domain;
    }
}
