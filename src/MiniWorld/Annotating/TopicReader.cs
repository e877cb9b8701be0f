namespace NaturalThoughts.MiniWorld.Annotating;

/// <summary>Finds a question's topic within its domain by key words.</summary>
internal static class TopicReader
{
    private static readonly (string Domain, string Topic, string[] Words)[] Keys =
    [
        ("Economics", "exchange rates", ["trades", "changes", "worth"]),
        ("Economics", "prices", ["buys", "price", "tax", "fee", "cost", "gives", "coins"]),
        ("Engineering", "boilers", ["boiler"]),
        ("Engineering", "tanks", ["tank"]),
        ("Engineering", "vessels", ["vessel"]),
        ("Geography", "grid walks", ["north", "south", "east", "west", "walks"]),
        ("Geography", "path finding", ["miles"]),
        ("Geography", "routes", ["roads", "travel", "travels", "town"]),
        ("Law", "buses", ["bus"]),
        ("Law", "cars", ["car"]),
        ("Law", "trucks", ["truck"]),
        ("Law", "vans", ["van"]),
        ("Logic", "lines of people", ["behind", "before", "line"]),
        ("Logic", "truth values", ["true", "false", "prize"]),
        ("Management", "boxes", ["box"]),
        ("Management", "drawers", ["drawer"]),
        ("Management", "shelves", ["shelf"]),
        ("Mathematics", "gains and losses", ["finds", "gets", "wins", "loses", "gives", "drops"]),
        ("Mathematics", "ordering", ["sort", "line", "smallest", "largest", "list"]),
        ("Mathematics", "sequences", ["row", "rule", "turn", "take"]),
        ("Medicine", "balms", ["balm"]),
        ("Medicine", "serums", ["serum"]),
        ("Medicine", "syrups", ["syrup"]),
        ("Medicine", "tonics", ["tonic"]),
        ("Science", "motion", ["speed", "seconds", "second", "meters"]),
        ("Science", "reactions", ["parts", "unit", "chemist", "grams"]),
        ("Statistics", "counting", ["far", "marbles", "balls"]),
        ("Statistics", "pairs", ["two", "gap", "numbers"]),
        ("Time", "calendars", ["months", "month", "calendar"]),
        ("Time", "clocks", ["clock", "hours"]),
    ];

    /// <summary>
    /// The topic with most key words in the question's domain as it is read, the first of the list among equals; none where no word is there.
    /// </summary>
    public static IReadOnlyList<string> Topics(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string domain = DomainReader.Domain(text);
        (string? topic, int best) = (null, 0);
        foreach ((string _, string candidate, string[] keys) in Keys.Where(key => key.Domain == domain))
        {
            int score = words.Count(word => keys.Contains(word, StringComparer.Ordinal));
            if (score > best)
            {
                (topic, best) = (candidate, score);
            }
        }

        return topic is null ? [] : [topic];
    }
}
